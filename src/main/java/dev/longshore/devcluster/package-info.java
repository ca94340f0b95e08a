/**
 * A Kubernetes API server with an etcd, as processes of this one: a cluster to try things in. Built from the parts of
 * fabric8's kube-api-test. Imports nothing of ours. Start with {@link dev.longshore.devcluster.DevCluster}.
 */
package dev.longshore.devcluster;
