"""The inputs and data of the benchmarks, built alike on every run."""

import re



def container(index, privileged):
    return {
        "name": f"worker-{index}",
        "image": f"registry.example.com/team-{index % 7}/service-{index % 40}:v1.{index % 9}.0",
        "args": ["--listen=:8080", f"--shard={index}", f"--token-file=/run/{index}", f"--api-token={index:08x}"],
        "ports": [{"name": "http", "containerPort": 8000 + index, "protocol": "TCP"}],
        "env": [{"name": "SHARD", "value": str(index)}, {"name": "LOG_LEVEL", "value": "info"}],
        "resources": {"limits": {"memory": "128Mi", "cpu": "250m"}, "requests": {"memory": "64Mi", "cpu": "100m"}},
        "securityContext": {
            "privileged": privileged,
            "allowPrivilegeEscalation": privileged,
            "runAsNonRoot": True,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "livenessProbe": {"httpGet": {"path": "/live", "port": "http"}},
        "readinessProbe": {"httpGet": {"path": "/ready", "port": "http"}},
        "volumeMounts": [{"name": "scratch", "mountPath": "/tmp"}],
    }


def review(count):
    """An AdmissionReview of a Pod with `count` containers; only the last is privileged, so nothing can stop early."""
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {
            "name": "workers",
            "namespace": "shop",
            "labels": {"app.kubernetes.io/name": "workers", "app.kubernetes.io/version": "1.4.0"},
        },
        "spec": {
            "automountServiceAccountToken": False,
            "containers": [container(index, index == count - 1) for index in range(count)],
            "volumes": [{"name": "scratch", "emptyDir": {}}],
        },
    }
    return {
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": {
            "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
            "kind": {"group": "", "version": "v1", "kind": "Pod"},
            "operation": "CREATE",
            "namespace": "shop",
            "userInfo": {"username": "deployer", "groups": ["system:authenticated"]},
            "object": pod,
        },
    }


def roles(count):
    """`count` roles with three grants each, and one user whose last role holds the wanted grant."""
    verbs = ["get", "list", "watch", "create", "update", "delete"]
    table = {
        f"role-{index:05}": {
            "grants": [
                {"verb": verbs[(index + step) % 6], "resource": f"resource-{(index + step) % 500}"} for step in range(3)
            ]
        }
        for index in range(count)
    }
    return {"roles": table, "users": {"alice": [f"role-{index:05}" for index in (17, 4711, count - 1)]}}


def settings(depth, width):
    """A tree of settings with `width` children on each of `depth` levels; one leaf in seven is insecure."""
    counter = iter(range(10**9))

    def node(level):
        if level == 0:
            index = next(counter)
            return {"name": f"endpoint-{index}", "port": index, "insecureSkipVerify": index % 7 == 0, "tags": ["a", "b"]}
        return {f"group{index}": node(level - 1) for index in range(width)}

    return node(depth)


def cases():
    """Name, policy file, rule, input and data of each benchmark."""
    alice = {"user": "alice", "verb": "get", "resource": "resource-1"}
    grant = roles(10_000)["roles"]["role-09999"]["grants"][2]
    alice.update(grant)
    return [
        ("trivial allow", "allow", "allow", {"user": "admin"}, None),
        ("RBAC, 10,000 roles", "rbac", "allow", alice, roles(10_000)),
        ("privileged message, 3 containers", "message", "deny", review(3), None),
        ("privileged, 3 containers", "privileged", "violation", review(3), None),
        ("privileged, 100 containers", "privileged", "violation", review(100), None),
        ("20 deny rules, 3 containers", "denyset", "deny", review(3), None),
        ("comprehensions, 100 containers", "comprehensions", "report", review(100), None),
        ("strings and regex, 100 containers", "strings", "report", review(100), None),
        ("walk, 1,000 leaves", "walk", "insecure", settings(3, 10), None),
    ]


def without_namespaces(texts, resources):
    """Copies of published manifests as most repositories have them: no namespace is named, each copy's objects have names of
    their own, and all copies share their labels."""
    copies = []
    for index in range(resources):
        text = re.sub(r"(?m)^ *namespace:.*\n?", "", texts[index % len(texts)])
        copies.append(re.sub(r"(?<![/\w])name: (\"?)([A-Za-z0-9.-]+)", rf"name: \1\2-{index // len(texts)}", text))
    return copies
