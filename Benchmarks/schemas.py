#!/usr/bin/env python3
"""Times the comparison with API types: schemas.py LINTEL [KUBECONFORM]

Writes 10,000 objects of six kinds into a folder and prints the best of five runs, wall clock: the whole check with types and
without, the types alone, and kubeconform on the same files where it is given (its schemas must be in its cache).
"""
import os
import subprocess
import sys
import tempfile
import time

TYPES = [
    "unknown-field", "wrong-type", "missing-field", "unsupported-value", "invalid-value", "duplicate-value",
    "forbidden-field", "missing-reference", "too-long", "unknown-kind", "immutable-field",
]

POD = """
      containers:
      - name: app
        image: registry.example/shop/app:1.2.{n}
        env: [{{name: MODE, value: fast}}, {{name: LEVEL, value: "3"}}]
        ports: [{{name: http, containerPort: 8080}}]
        livenessProbe: {{httpGet: {{path: /healthz, port: http}}}}
        resources: {{requests: {{cpu: 250m, memory: 256Mi}}, limits: {{cpu: 500m, memory: 512Mi}}}}
        securityContext: {{allowPrivilegeEscalation: false, capabilities: {{drop: [ALL]}}}}
        volumeMounts: [{{name: tmp, mountPath: /tmp}}]
      volumes: [{{name: tmp, emptyDir: {{}}}}]
"""

WORKLOAD = """apiVersion: apps/v1
kind: Deployment
metadata: {{name: web-{n}, namespace: shop, labels: {{app.kubernetes.io/name: web-{n}}}}}
spec:
  replicas: 3
  selector: {{matchLabels: {{app.kubernetes.io/name: web-{n}}}}}
  template:
    metadata: {{labels: {{app.kubernetes.io/name: web-{n}}}}}
    spec:""" + POD

OBJECTS = [
    WORKLOAD,
    "apiVersion: v1\nkind: Service\nmetadata: {{name: web-{n}, namespace: shop}}\nspec:\n  selector: {{app.kubernetes.io/name: web-{n}}}\n  ports: [{{name: http, port: 80, targetPort: http}}]\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: web-{n}, namespace: shop}}\ndata: {{mode: fast, level: \"3\"}}\n",
    "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: web-{n}, namespace: shop}}\nspec:\n  rules:\n  - host: web-{n}.example.org\n    http:\n      paths:\n      - {{path: /, pathType: Prefix, backend: {{service: {{name: web-{n}, port: {{name: http}}}}}}}}\n",
    "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: {{name: web-{n}, namespace: shop}}\nspec:\n  minAvailable: 1\n  selector: {{matchLabels: {{app.kubernetes.io/name: web-{n}}}}}\n",
    "apiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: web-{n}, namespace: shop}}\nautomountServiceAccountToken: false\n",
]


def best(command):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    lintel = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.mkdir("objects")
        for n in range(10_000):
            with open(f"objects/{n}.yaml", "w", encoding="utf-8") as file:
                file.write(OBJECTS[n % len(OBJECTS)].format(n=n))
        names = [f"schema-{name}" for name in TYPES]
        skip = [argument for name in names for argument in ("--skip", name)]
        only = [argument for name in names for argument in ("--only", name)]
        rows = [
            ("whole check", [lintel, "check", "objects"]),
            ("whole check without types", [lintel, "check", "objects"] + skip),
            ("types alone", [lintel, "check", "objects"] + only),
        ]
        if len(sys.argv) > 2:
            rows.append(("kubeconform", [os.path.abspath(sys.argv[2]), "-strict", "objects"]))
        for name, command in rows:
            print(f"{name:26} {best(command):.3f} s")


main()
