"""Manifests for the benchmarks, built alike on every run: ordinary applications in several layouts."""

import json

APP = """apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}{namespace}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: shop
    app.kubernetes.io/managed-by: kustomize
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: {name}
      app.kubernetes.io/part-of: shop
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {name}
        app.kubernetes.io/part-of: shop
        app.kubernetes.io/managed-by: kustomize
    spec:
      serviceAccountName: {name}
      containers:
      - name: {name}
        image: registry.example/shop/{name}:1.4.{index}
        ports:
        - name: http
          containerPort: 8080
        envFrom:
        - configMapRef:
            name: {name}
{container}---
apiVersion: v1
kind: Service
metadata:
  name: {name}{namespace}
  labels:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: shop
spec:
  selector:
    app.kubernetes.io/name: {name}
    app.kubernetes.io/part-of: shop
  ports:
  - name: http
    port: 80
    targetPort: http
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {name}{namespace}
  labels:
    app.kubernetes.io/part-of: shop
data:
  LOG_LEVEL: info
  PORT: "8080"
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {name}{namespace}
  labels:
    app.kubernetes.io/part-of: shop
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {name}{namespace}
spec:
  maxUnavailable: 1
  selector:
    matchLabels:
      app.kubernetes.io/part-of: shop
      app.kubernetes.io/name: {name}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {name}{namespace}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {name}
  minReplicas: 2
  maxReplicas: 6
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 70
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {name}{namespace}
spec:
  podSelector:
    matchLabels:
      app.kubernetes.io/name: {name}
  policyTypes:
  - Ingress
  - Egress
  ingress:
  - from:
    - podSelector:
        matchLabels:
          app.kubernetes.io/part-of: shop
  egress:
  - ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {name}{namespace}
spec:
  ingressClassName: public
  tls:
  - hosts: [{name}.shop.example]
    secretName: {name}-tls
  rules:
  - host: {name}.shop.example
    http:
      paths:
      - path: /
        pathType: Prefix
        backend:
          service:
            name: {name}
            port:
              name: http
"""

HARDENED = """        resources:
          requests:
            cpu: 100m
            memory: 64Mi
          limits:
            memory: 128Mi
        securityContext:
          allowPrivilegeEscalation: false
          readOnlyRootFilesystem: true
          runAsNonRoot: true
          capabilities:
            drop: [ALL]
          seccompProfile:
            type: RuntimeDefault
        readinessProbe:
          httpGet:
            path: /ready
            port: http
        livenessProbe:
          httpGet:
            path: /live
            port: http
"""
KINDS_OF_AN_APP = 8


def namespace_of(layout, index):
    """The `namespace:` line of an application: of many namespaces a dozen applications share one."""
    if layout == "unnamed":
        return ""
    return f"\n  namespace: {'shop' if layout == 'one' else f'team-{index // 12}'}"


def apps(resources, layout, hardened):
    """The documents of applications of eight resources each; `layout` is "unnamed", "one" or "many" namespaces."""
    texts = []
    for index in range((resources + KINDS_OF_AN_APP - 1) // KINDS_OF_AN_APP):
        text = APP.format(
            name=f"app-{index}", index=index % 10, namespace=namespace_of(layout, index), container=HARDENED if hardened else "")
        texts += text.rstrip("\n").split("\n---\n")
    return texts[:resources]


def write(folder, texts, per_file):
    """Writes documents to files of `per_file`; returns the paths."""
    folder.mkdir(parents=True)
    paths = []
    for first in range(0, len(texts), per_file):
        path = folder / f"part-{first // per_file:05}.yaml"
        path.write_text("\n---\n".join(texts[first : first + per_file]) + "\n")
        paths.append(str(path))
    return paths


def meta(name, **labels):
    return {"name": name, "labels": labels}


def deployment(name, labels):
    return {
        "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name},
        "spec": {
            "replicas": 2, "selector": {"matchLabels": labels},
            "template": {"metadata": {"labels": labels}, "spec": {"containers": [{"name": "main", "image": "registry.example/main:1.0.0"}]}},
        },
    }


def budgets(count):
    """Deployments and disruption budgets that share one label."""
    for index in range(count):
        yield deployment(f"web-{index}", {"app": "web"})
        yield {
            "apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": {"name": f"budget-{index}"},
            "spec": {"minAvailable": 1, "selector": {"matchLabels": {"app": "web"}}},
        }


def services(count):
    """Services that select the same Pods, and autoscalers that scale one Deployment."""
    yield deployment("web", {"app": "web"})
    for index in range(count):
        yield {
            "apiVersion": "v1", "kind": "Service", "metadata": {"name": f"web-{index}"},
            "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": "http"}]},
        }
        yield {
            "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": f"web-{index}"},
            "spec": {
                "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}, "maxReplicas": 4,
                "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}],
            },
        }


def isolation(count):
    """Pods with labels of their own, and as many NetworkPolicies that select all of them and let everything through."""
    for index in range(count):
        yield deployment(f"web-{index}", {"app": "web", "tier": f"t{index}"})
        yield {
            "apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": f"open-{index}"},
            "spec": {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{}]},
        }


def copies(count):
    """One object, defined again and again, and hosts that all Ingresses claim."""
    for index in range(count):
        yield {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "settings"}, "data": {"number": str(index)}}
        yield {
            "apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": f"web-{index}"},
            "spec": {"rules": [{"host": "shop.example", "http": {"paths": [{
                "path": "/", "pathType": "Prefix", "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}}]},
        }


def containers(count):
    """One Pod of `count` privileged containers."""
    yield {
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "wide", "namespace": "shop"},
        "spec": {"containers": [
            {"name": f"c{index}", "image": "registry.example/main:1.0.0", "securityContext": {"privileged": True}}
            for index in range(count)
        ]},
    }


def as_yaml(objects):
    """Objects as documents; JSON is YAML, but here each member has a line of its own, as people write it."""
    return [json.dumps(item, indent=1) for item in objects]
