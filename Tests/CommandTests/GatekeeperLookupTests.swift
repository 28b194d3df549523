import Testing

/// What templates look up beside the object, in runs of so many files that not every object is kept.
@Suite struct GatekeeperLookupTests {
    private static func policy(_ rego: String) -> String {
        """
        apiVersion: templates.gatekeeper.sh/v1
        kind: ConstraintTemplate
        metadata: {name: looksaround}
        spec:
          crd: {spec: {names: {kind: LooksAround}}}
          targets:
            - target: admission.k8s.gatekeeper.sh
              rego: |
                package looksaround
        \(rego.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n"))
        ---
        apiVersion: constraints.gatekeeper.sh/v1beta1
        kind: LooksAround
        metadata: {name: c}
        spec: {}

        """
    }

    /// Twenty Pods, an autoscaler of a Deployment that is there and one of another that is not, two Ingresses of one host, and
    /// last the Namespace of all.
    private static func write(_ policy: String, to folder: TemporaryFolder) throws {
        var files = ["policy.yaml": policy]
        for number in 10..<30 {
            files["objects/pod-\(number).yaml"] = "{apiVersion: v1, kind: Pod, metadata: {name: p\(number), namespace: shop}}\n"
        }
        for name in ["web", "gone"] {
            files["objects/scale-\(name).yaml"] =
                "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: \(name), namespace: shop}, "
                + "spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: \(name)}}}\n"
            files["objects/ingress-\(name).yaml"] =
                "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: \(name), namespace: shop}, "
                + "spec: {rules: [{host: a.example.com}]}}\n"
        }
        files["objects/web.yaml"] = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}}\n"
        files["objects/zone.yaml"] = "{apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {tier: prod}}}\n"
        try folder.write(files)
    }

    private func check(_ rego: String, format: String = "compact") throws -> LintelRun {
        let folder = try TemporaryFolder()
        try Self.write(Self.policy(rego), to: folder)
        return try LintelRun(
            ["check", "--no-builtin", "--missing-schemas", "skip", "--policy", "policy.yaml", "objects", "--format", format],
            in: folder.url)
    }

    /// However a template comes to the Namespace of the object, it is there.
    @Test(arguments: [
        #"violation[{"msg": m}] { m := sprintf("tier %v", [input.review.namespaceObject.metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { m := tier(input.review) }"# + "\n"
            + #"tier(r) = t { t := sprintf("tier %v", [r.namespaceObject.metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { m := outer(input) }"# + "\n" + #"outer(i) = t { t := inner(i.review) }"# + "\n"
            + #"inner(r) = t { t := sprintf("tier %v", [r.namespaceObject.metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { m := inner(input, "x") }"# + "\n"
            + #"inner(i, _) = "no" { not i.review } else = t { t := sprintf("tier %v", [i.review.namespaceObject.metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { n := object.get(input.review, "namespaceObject", {}); m := sprintf("tier %v", [n.metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { key := concat("", ["namespace", "Object"]); m := sprintf("tier %v", [input.review[key].metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { r := input.review; m := sprintf("tier %v", [r.namespaceObject.metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { walk(input, [path, "prod"]); path[1] == "namespaceObject"; m := "tier prod" }"#,
        #"violation[{"msg": m}] { some k; v := [x | x := input[k]][_]; m := sprintf("tier %v", [v.namespaceObject.metadata.labels.tier]) }"#,
        #"violation[{"msg": m}] { m := sprintf("tier %v", [input.review._unstable.namespace.metadata.labels.tier]) }"#,
    ])
    func namespaces(_ rego: String) throws {
        let run = try check(rego)
        #expect(run.output.contains("pod-10.yaml:1:") && run.output.contains("tier prod"), "\(run.output)\(run.errors)")
    }

    /// A rule that begins with the kind of its objects says nothing of others, which its constraint matches all the same.
    @Test(arguments: [("Ingress", 1), ("Secret", 0), ("Pod", 0)])
    func rulesThatNameTheirKindAreAboutNoOther(_ kind: String, _ code: Int) throws {
        let run = try check(
            """
            violation[{"msg": msg}] {
              input.review.kind.kind == "\(kind)"
              other := data.inventory.namespace[_][_]["Ingress"][name]
              other.spec.rules[_].host == input.review.object.spec.rules[_].host
              name != input.review.object.metadata.name
              msg := sprintf("the host of %v", [name])
            }
            """, format: "text")
        #expect(run.code == Int32(code), "\(run.output)\(run.errors)")
        #expect(run.output.contains("ingress-gone.yaml:1:") == (code == 1), "\(run.output)")
        #expect(!run.output.contains("matches no object"), "\(run.output)")
    }

    @Test func kindsThatAreOnlyAskedForAreThere() throws {
        let run = try check(
            """
            violation[{"msg": msg}] {
              input.review.kind.kind == "HorizontalPodAutoscaler"
              ref := input.review.object.spec.scaleTargetRef
              not data.inventory.namespace[input.review.namespace][ref.apiVersion][ref.kind][ref.name]
              msg := sprintf("no %v", [ref.name])
            }
            """)
        #expect(run.output.contains("scale-gone.yaml:1:") && !run.output.contains("scale-web"), "\(run.output)\(run.errors)")
        #expect(run.code == 1)
    }

    @Test func objectsOfAKindAreThereWithAllTheySay() throws {
        let run = try check(
            """
            violation[{"msg": msg}] {
              input.review.kind.kind == "Ingress"
              other := data.inventory.namespace[_][_]["Ingress"][name]
              name != input.review.object.metadata.name
              other.spec.rules[_].host == input.review.object.spec.rules[_].host
              msg := sprintf("host of %v", [name])
            }
            """)
        #expect(run.output.contains("host of web") && run.output.contains("host of gone"), "\(run.output)\(run.errors)")
    }

    @Test func anythingMayBeLookedAt() throws {
        let run = try check(
            """
            violation[{"msg": msg}] {
              input.review.kind.kind == "Namespace"
              names := [n | data.inventory.namespace.shop[_][k][n]; k == concat("", ["P", "od"])]
              all := [o | o := data.inventory.namespace.shop["v1"][_][_]]
              msg := sprintf("%v Pods, %v objects, %v", [count(names), count(all), all[0].kind])
            }
            """)
        #expect(run.output.contains("20 Pods, 20 objects, Pod"), "\(run.output)\(run.errors)")
    }
}
