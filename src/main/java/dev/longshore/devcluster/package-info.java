/**
 * A Kubernetes API server with an etcd, as child processes, for development: {@code longshore dev}. Built from fabric8's
 * kube-api-test. Imports no other package of Longshore. Start with {@link dev.longshore.devcluster.DevCluster}.
 */
package dev.longshore.devcluster;
