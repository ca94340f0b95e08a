#!/usr/bin/env python3
"""The common usage patterns of Django Docker Container Manager, a function each, with the official Kubernetes client.

    pip install -r examples/python/requirements.txt
    python examples/python/patterns.py --host local

Runs each pattern with a small image. Running it again uses what exists: the jobs of the batch do not run twice.
"""

import argparse
import contextlib
import json
import sys
import time
from collections import Counter
from datetime import datetime, timedelta, timezone
from statistics import fmean

import durationpy
import urllib3
from kubernetes import client, watch
from kubernetes import config as kubeconfig
from kubernetes.client.rest import ApiException

# Resources per request, as in kubectl.
PAGE = 500
# To connect, and to answer a request that is not a watch.
CONNECT_SECONDS, ANSWER_SECONDS = 10, 60
# The API server ends a watch after that time, and a connection that broke unnoticed ends soon after.
WATCH_SECONDS = 300
# Of jobs that have not started, among them those that the operator has not observed yet.
PENDING = "status.phase!=Running,status.phase!=Completed,status.phase!=Failed,status.phase!=Cancelled"


class LongshoreError(Exception):
    """One sentence: which resource, what is wrong, and what to do."""


# Patterns


def create_job(cluster, template_name, host_name, name=None, labels=None, **overrides):
    metadata = {"name": name} if name else {"generateName": f"{template_name}-"}
    spec = {"templateRef": {"name": template_name}, "hostRef": {"name": host_name}, **overrides}
    return cluster.create("ContainerJob", {"metadata": {**metadata, "labels": labels or {}}, "spec": spec})


def create_and_run_job(cluster, template_name, host_name, **overrides):
    # A job may exist before its template and host do; here, a wrong name is an error.
    cluster.get("ContainerTemplate", template_name)
    cluster.get("DockerHost", host_name)

    # The operator runs every job that exists.
    job = create_job(cluster, template_name, host_name, **overrides)
    job = cluster.wait_finished(job["metadata"]["name"])
    return job, succeeded(job)


def process_pending_jobs(cluster, max_concurrent=5, label_selector=None):
    # Created with suspend: true, a job is Pending until it is resumed.
    jobs = cluster.list("ContainerJob", field_selector=PENDING, label_selector=label_selector)
    pending_jobs = sorted(
        (job for job in jobs if job["spec"].get("suspend")),
        key=lambda job: (job["spec"]["priority"], job["metadata"]["creationTimestamp"], job["metadata"]["name"]),
    )[:max_concurrent]

    # All at once: the host runs maxConcurrentJobs of them at a time, in order of priority.
    for job in pending_jobs:
        cluster.patch("ContainerJob", job["metadata"]["name"], {"spec": {"suspend": False}})

    results = []
    for job in pending_jobs:
        try:
            job = cluster.wait_finished(job["metadata"]["name"])
            results.append((job, succeeded(job)))
        except LongshoreError as e:
            print(f"Error processing job: {e}")
            results.append((job, False))
    return results


def monitor_jobs(cluster, label_selector):
    return Counter(phase(job) for job in cluster.list("ContainerJob", label_selector=label_selector))


def get_execution_stats(cluster, template_name, days=7):
    cutoff = (datetime.now(timezone.utc) - timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%SZ")
    jobs = cluster.list("ContainerJob", field_selector=f"spec.templateRef.name={template_name}")
    return summarize(job for job in jobs if job["metadata"]["creationTimestamp"] >= cutoff)


def get_job_summary(cluster):
    return summarize(cluster.list("ContainerJob"))


def summarize(jobs):
    # One pass over pages of jobs, which are not kept.
    phases, seconds = Counter(), []
    for job in jobs:
        phases[phase(job)] += 1
        if succeeded(job) and "duration" in job["status"]:
            seconds.append(durationpy.from_str(job["status"]["duration"]).total_seconds())
    return {
        "total": phases.total(),
        "completed": phases["Completed"],
        "failed": phases["Failed"],
        "avg_duration": fmean(seconds) if seconds else None,
    }


def get_jobs_with_templates(cluster):
    # Three lists, however many jobs there are.
    templates = {template["metadata"]["name"]: template for template in cluster.list("ContainerTemplate")}
    hosts = {host["metadata"]["name"]: host for host in cluster.list("DockerHost")}
    for job in cluster.list("ContainerJob"):
        template_name = job["spec"].get("templateRef", {}).get("name")
        host_name = job["spec"].get("hostRef", {}).get("name") or job["status"].get("host", {}).get("name")
        yield job, templates.get(template_name), hosts.get(host_name)


def configure_template(cluster, name, image, args, **config):
    # Server-side apply creates it, or updates the fields that this program owns.
    spec = {"image": image, "args": args, **config}
    return cluster.apply("ContainerTemplate", name, spec, owner="patterns.py", force=True)


def add_template_env_vars(cluster, template_name, env_vars, secrets):
    cluster.get("ContainerTemplate", template_name)
    cluster.update_or_create("ConfigMap", template_name, {"data": env_vars})
    cluster.update_or_create("Secret", template_name, {"stringData": secrets})
    env_from = [{"configMapRef": {"name": template_name}}, {"secretRef": {"name": template_name}}]
    # Without force: a list that someone else wrote is a conflict, and stays.
    return cluster.apply("ContainerTemplate", template_name, {"envFrom": env_from}, owner="patterns.py-env")


def safe_execute_job(cluster, template_name, host_name, **overrides):
    try:
        if not cluster.get("ContainerTemplate", template_name)["spec"]["active"]:
            raise LongshoreError(f"ContainerTemplate {template_name} is inactive")
        if not cluster.get("DockerHost", host_name)["spec"]["active"]:
            raise LongshoreError(f"DockerHost {host_name} is cordoned")

        # A job whose host does not respond for ten minutes fails.
        overrides = {"startDeadlineSeconds": 600, **overrides}
        job, success = create_and_run_job(cluster, template_name, host_name, **overrides)
        print(describe(job))
        return success
    except LongshoreError as e:
        print(f"Job execution error: {e}")
        return False


# Jobs


def phase(job):
    return job["status"].get("phase", "Pending")


def is_finished(job):
    return phase(job) not in ("Pending", "Running")


def succeeded(job):
    return phase(job) == "Completed"


def describe(job):
    """Its name, phase, and why: hello: Failed (NonZeroExit): exit code 3"""
    status = job["status"]
    why = ": ".join(filter(None, [f" ({status['reason']})" if "reason" in status else "", status.get("message")]))
    return f"{job['metadata']['name']}: {phase(job)}{why}"


# The client


class Longshore:
    """Longshore's resources in one namespace. Every call has a timeout, and every error is a LongshoreError."""

    def __init__(self, namespace=None):
        """namespace: by default, the one of the kubeconfig's context, or of the pod that this runs in."""
        try:
            kubeconfig.load_config()
            self.namespace = namespace or current_namespace()
        except (kubeconfig.ConfigException, OSError) as e:
            raise LongshoreError(f"no cluster to connect to: {e}; set KUBECONFIG") from e
        self.custom, self.core = client.CustomObjectsApi(), client.CoreV1Api()

    def path(self, kind):
        return {"group": "longshore.dev", "version": "v1", "namespace": self.namespace, "plural": f"{kind.lower()}s"}

    def get(self, kind, name):
        with self.explained(kind, name):
            return self.custom.get_namespaced_custom_object(**self.path(kind), name=name, **timeouts())

    def list(self, kind, **selectors):
        for page in self.pages(kind, **selectors):
            yield from page["items"]

    def pages(self, kind, **selectors):
        token = None
        while token != "":
            with self.explained(kind):
                try:
                    page = self.custom.list_namespaced_custom_object(
                        **self.path(kind), **selectors, limit=PAGE, _continue=token, **timeouts()
                    )
                except ApiException as e:
                    # The first page is older than what the server keeps: its answer has a token to continue from here.
                    if e.status != 410 or not token:
                        raise
                    token = json.loads(e.body)["metadata"]["continue"]
                    continue
            yield page
            token = page["metadata"].get("continue", "")

    def create(self, kind, body):
        """The resource; the existing one if it has a name that exists, so that a request can be sent again."""
        name = body["metadata"].get("name")
        with self.explained(kind, name):
            try:
                return self.custom.create_namespaced_custom_object(
                    **self.path(kind), body={**typed(kind), **body}, field_validation="Strict", **timeouts()
                )
            except ApiException as e:
                if name and reason(e) == "AlreadyExists":
                    return self.get(kind, name)
                raise

    def patch(self, kind, name, body):
        with self.explained(kind, name):
            return self.custom.patch_namespaced_custom_object(**self.path(kind), name=name, body=body, **timeouts())

    def apply(self, kind, name, spec, owner, force=False):
        """Server-side apply of the fields in spec, which the owner then owns."""
        with self.explained(kind, name):
            return self.custom.patch_namespaced_custom_object(
                **self.path(kind),
                name=name,
                body={**typed(kind), "metadata": {"name": name}, "spec": spec},
                field_manager=owner,
                force=force,
                field_validation="Strict",
                _content_type="application/apply-patch+yaml",
                **timeouts(),
            )

    def update_or_create(self, kind, name, body):
        """A ConfigMap or Secret with these keys; other keys stay."""
        suffix = {"ConfigMap": "config_map", "Secret": "secret"}[kind]
        with self.explained(kind, name):
            try:
                getattr(self.core, f"patch_namespaced_{suffix}")(name, self.namespace, body, **timeouts())
            except ApiException as e:
                if e.status != 404:
                    raise
                body = {"metadata": {"name": name}, **body}
                getattr(self.core, f"create_namespaced_{suffix}")(self.namespace, body, **timeouts())

    def wait_finished(self, name, timeout=3600):
        """The job, once it has finished."""
        deadline = time.monotonic() + timeout
        while True:
            for job in self.changes(name, seconds=max(1, int(min(WATCH_SECONDS, deadline - time.monotonic())))):
                if job is None:
                    raise LongshoreError(f"ContainerJob {self.namespace}/{name} was deleted before it finished")
                if is_finished(job):
                    return job
            if time.monotonic() >= deadline:
                raise LongshoreError(f"ContainerJob {describe(job)}; not finished after {timeout} s")

    def changes(self, name, seconds):
        """Yields a job now and after each change, None when it is deleted. Ends after that time, or to start over."""
        selector = {"field_selector": f"metadata.name={name}"}
        [page] = self.pages("ContainerJob", **selector)
        yield page["items"][0] if page["items"] else None
        with self.explained("ContainerJob", name):
            try:
                # Nothing is polled: the API server sends each change since the list.
                for event in watch.Watch().stream(
                    self.custom.list_namespaced_custom_object,
                    **self.path("ContainerJob"),
                    **selector,
                    resource_version=page["metadata"]["resourceVersion"],
                    timeout_seconds=seconds,
                    _request_timeout=(CONNECT_SECONDS, seconds + CONNECT_SECONDS),
                ):
                    yield None if event["type"] == "DELETED" else event["object"]
            except ApiException as e:
                # Gone: the list is older than what the API server keeps.
                if e.status != 410:
                    raise
            except (urllib3.exceptions.ProtocolError, urllib3.exceptions.ReadTimeoutError):
                # A connection broke. If the API server is gone, too, the next list fails.
                time.sleep(1)

    @contextlib.contextmanager
    def explained(self, kind, name=None):
        resource = f"{kind} {self.namespace}/{name}" if name else f"{kind}s of namespace {self.namespace}"
        try:
            yield
        except ApiException as e:
            raise LongshoreError(explain(e, resource)) from e
        except urllib3.exceptions.HTTPError as e:
            raise LongshoreError(f"{resource}: the API server does not respond: {e}") from e


def timeouts():
    return {"_request_timeout": (CONNECT_SECONDS, ANSWER_SECONDS)}


def typed(kind):
    return {"apiVersion": "longshore.dev/v1", "kind": kind}


def current_namespace():
    try:
        return kubeconfig.list_kube_config_contexts()[1]["context"].get("namespace", "default")
    except kubeconfig.ConfigException:
        with open("/var/run/secrets/kubernetes.io/serviceaccount/namespace", encoding="utf-8") as file:
            return file.read().strip()


def answer(error):
    """The API server's Status, if it sent one."""
    try:
        return json.loads(error.body)
    except (TypeError, ValueError):
        return {}


def reason(error):
    return answer(error).get("reason")


def explain(error, resource):
    message = answer(error).get("message") or error.body or error.reason
    if error.status == 401:
        return f"{resource}: the API server rejects the credentials of the kubeconfig; log in again"
    if error.status == 403:
        return f"{resource}: not allowed: {message}; the ClusterRole edit allows it"
    if error.status == 404:
        is_kind_unknown = reason(error) is None
        return f"{resource}: the cluster does not have Longshore's CRDs" if is_kind_unknown else f"{resource} does not exist"
    if error.status == 409:
        return f"{resource}: in conflict with another client: {message}"
    if error.status in (400, 422):
        return f"{resource}: invalid: {message}"
    return f"{resource}: the API server responds {error.status}: {message}"


# All patterns, one after the other


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", required=True, help="DockerHost to run the jobs on")
    parser.add_argument("-n", "--namespace", help="default: the namespace of the kubeconfig's context")
    parser.add_argument("--image", default="busybox:stable", help="default: %(default)s")
    options = parser.parse_args()
    try:
        run(Longshore(options.namespace), options.host, options.image)
    except LongshoreError as e:
        print(f"patterns.py: {e}", file=sys.stderr)
        return 2
    return 0


def run(cluster, host, image):
    template = "python-patterns"
    configure_template(
        cluster,
        name=template,
        image=image,
        args=["sh", "-c", 'echo "$LOG_LEVEL $API_KEY $0"'],
        resources={"limits": {"memory": "64Mi", "cpu": "500m"}},
        timeoutSeconds=60,
    )
    add_template_env_vars(cluster, template, env_vars={"LOG_LEVEL": "INFO"}, secrets={"API_KEY": "not-a-real-key"})
    print(f"{template} is configured")

    job, success = create_and_run_job(
        cluster,
        template,
        host,
        args=["sh", "-c", "echo $LOG_LEVEL $API_KEY"],
        resources={"limits": {"memory": "128Mi"}},
        priority=1,
    )
    print(f"{describe(job)}, success: {success}, output: {job['status']['logs']['stdout'].strip()}")

    for priority in (3, 1, 2):
        create_job(
            cluster,
            template,
            host,
            name=f"{template}-batch-{priority}",
            labels={"batch": template},
            priority=priority,
            suspend=True,
        )
    for job, success in process_pending_jobs(cluster, max_concurrent=3, label_selector=f"batch={template}"):
        print(f"{describe(job)}, success: {success}")
    print("batch:", dict(monitor_jobs(cluster, f"batch={template}")))

    safe_execute_job(cluster, template, host, args=["sh", "-c", "exit 3"])
    safe_execute_job(cluster, "no-such-template", host)

    print("stats:", get_execution_stats(cluster, template, days=7))
    print("summary:", get_job_summary(cluster))
    for job, its_template, its_host in get_jobs_with_templates(cluster):
        if its_template and its_host and its_template["metadata"]["name"] == template:
            print(f"{job['metadata']['name']}: {its_template['spec']['image']} on {its_host['spec']['endpoint']}")


if __name__ == "__main__":
    sys.exit(main())
