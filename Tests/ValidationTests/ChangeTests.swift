import Catalogue
import Diagnostics
import Documents
import Findings
import Inputs
import Judging
import TestSupport
import Testing

/// Changes of fields that are fixed, found by all policies that compare with the objects before.
@Suite struct ChangeTests {
    private static let names: Set = ["LT-SCH-011", "LT-GIT-003"]

    private func findings(_ before: String, _ after: String, skipping: [String] = []) throws -> [Finding] {
        var options = Validator.Options()
        options.selection.skip = skipping
        options.types = TypeOptions()
        options.data.previous = ResourceReader().read(SourceFile(path: "before.yaml", text: before)).resources
        let contents = ResourceReader().read(SourceFile(path: "after.yaml", text: after))
        let report = Validator(PolicySet(library: try PolicyLibrary.embedded()), options: options)
            .validate(files: [], rendered: [contents])
        return report.findings.filter { Self.names.contains($0.policyID) || $0.policyID.hasPrefix("LT-SCH-") }
    }

    /// The labelled changes, with the verdict of a real API server.
    @Test(.enabled(if: ConformanceData.isUsed("kubernetes"), "no conformance data")) func labelledChanges() throws {
        let file = ConformanceData.url(of: "kubernetes/mutations/changes.json")
        let cases = try JSONReader.read(
            SourceFile(path: "changes.json", bytes: ConformanceData.bytes(of: file)), keepsPositions: false)
        for entry in cases.root.elements {
            let before = JSONWriter.string(entry.field("before")), after = JSONWriter.string(entry.field("after"))
            let found = try findings(before, after), name = entry.field("name").string
            #expect(
                found.isEmpty == !entry.field("expect").field("refused").isTrue,
                "\(name): \(found.map { "\($0.policyID) \($0.message)" })")
        }
    }

    private func deployment(_ app: String, _ image: String) -> String {
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          selector: {matchLabels: {app: \(app)}}
          template: {metadata: {labels: {app: \(app)}}, spec: {containers: [{name: a, image: "\(image)"}]}}

        """
    }

    /// Several objects may have one name, as those of several environments do: what one of them may become is allowed.
    @Test func objectsOfOneName() throws {
        let both = deployment("a", "x:1") + "---\n" + deployment("b", "x:1")
        let skipped = ["LT-GIT-003"]
        #expect(try findings(both, deployment("b", "x:2"), skipping: skipped).isEmpty)
        #expect(try findings(both, deployment("c", "x:1"), skipping: skipped).map(\.policyID) == ["LT-SCH-011"])
    }

    private static func pod(_ spec: String) -> String {
        "apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: a}\nspec: \(spec)\n"
    }

    private static func claim(_ version: String, _ request: String) -> String {
        "apiVersion: resource.k8s.io/\(version)\nkind: ResourceClaim\nmetadata: {name: p, namespace: a}\nspec: {devices: {requests: [\(request)]}}\n"
    }

    private static func secret(_ rest: String) -> String {
        "apiVersion: v1\nkind: Secret\nmetadata: {name: p, namespace: a}\nimmutable: true\n\(rest)\n"
    }

    private static func service(_ spec: String) -> String {
        "apiVersion: v1\nkind: Service\nmetadata: {name: p, namespace: a}\nspec: {ports: [{port: 80}], \(spec)}\n"
    }

    private static func set(_ claim: String) -> String {
        """
        apiVersion: apps/v1
        kind: StatefulSet
        metadata: {name: p, namespace: a}
        spec:
          selector: {matchLabels: {a: b}}
          template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: "x:1"}]}}
          volumeClaimTemplates: [{\(claim), spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]

        """
    }

    private static func volume(_ csi: String, _ key: String) -> String {
        """
        apiVersion: v1
        kind: PersistentVolume
        metadata: {name: p}
        spec:
          capacity: {storage: 1Gi}
          accessModes: [ReadWriteOnce]
          csi: {driver: a.b, volumeHandle: v\(csi)}
          nodeAffinity: {required: {nodeSelectorTerms: [{matchExpressions: [{key: \(key), operator: In, values: [z]}]}]}}

        """
    }

    private static func gated(_ terms: String) -> String {
        pod(
            "{schedulingGates: [{name: a.b/c}], containers: [{name: c, image: 'x:1'}], affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [\(terms)]}}}}"
        )
    }

    private static func node(_ id: String) -> String {
        "apiVersion: storage.k8s.io/v1\nkind: CSINode\nmetadata: {name: p}\nspec: {drivers: [{name: a.b, nodeID: \(id), topologyKeys: [a]}]}\n"
    }

    private static func container(_ fields: String, _ spec: String = "") -> String {
        pod("{containers: [{name: c, \(fields)}]\(spec)}")
    }

    /// What the server fills in, leaves aside or lets change.
    @Test(arguments: [
        (set("metadata: {name: v}"), set("apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: v}")),
        (container("image: 'x:1'"), container("image: 'x:1', imagePullPolicy: IfNotPresent")),
        (container("image: 'r:5000/x'"), container("image: 'r:5000/x', imagePullPolicy: Always")),
        (
            container("image: 'x:1', resources: {limits: {cpu: 1}}"),
            container("image: 'x:1', resources: {limits: {cpu: 1}, requests: {cpu: '1'}}")
        ),
        (
            container("image: 'x:1'", ", serviceAccountName: x"),
            container("image: 'x:1'", ", serviceAccountName: x, serviceAccount: x")
        ),
        (
            container("image: 'x:1'", ", tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 30}]"),
            container("image: 'x:1'", ", tolerations: [{key: a, operator: Exists, effect: NoExecute, tolerationSeconds: 60}]")
        ),
        (
            claim("v1", "{name: r, exactly: {deviceClassName: a.b}}"),
            claim("v1", "{name: r, exactly: {deviceClassName: a.b, allocationMode: ExactCount, count: 1}}")
        ),
        (claim("v1beta1", "{name: r, deviceClassName: a.b}"), claim("v1", "{name: r, exactly: {deviceClassName: a.b}}")),
        (claim("v1", "{name: r, exactly: {deviceClassName: a.b}}"), claim("v1beta1", "{name: r, deviceClassName: a.b}")),
        (secret("stringData: {a: b}"), secret("data: {a: Yg==}")),
        (
            volume("", "failure-domain.beta.kubernetes.io/zone"),
            volume(", controllerExpandSecretRef: {name: s, namespace: a}", "topology.kubernetes.io/zone")
        ),
        (
            gated("{matchExpressions: [{key: a, operator: Exists}]}"),
            gated("{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: Exists}]}")
        ),
        (service("clusterIP: None"), service("type: ClusterIP")),
    ])
    func allowed(before: String, after: String) throws {
        let found = try findings(before, after)
        #expect(found.isEmpty, "\(found.map { "\($0.policyID) \($0.message)" })")
    }

    @Test(arguments: [
        (container("image: 'x:1'"), container("image: 'x:1', imagePullPolicy: Always")),
        (
            container("image: 'x:1', resources: {limits: {cpu: 1}}"),
            container("image: 'x:1', resources: {limits: {cpu: 1}, requests: {cpu: '0.5'}}")
        ),
        (claim("v1beta1", "{name: r, deviceClassName: a.b}"), claim("v1", "{name: r, exactly: {deviceClassName: c.d}}")),
        (secret("data: {a: Yg==, b: Yg==}"), secret("stringData: {a: b}")),
        (volume("", "a"), volume("", "b")),
        (gated("{matchExpressions: [{key: a, operator: Exists}]}"), gated("{matchExpressions: [{key: b, operator: Exists}]}")),
        (service("clusterIP: None"), service("type: NodePort")),
        (
            service("clusterIPs: [10.0.0.1, 'fd00::1'], ipFamilyPolicy: RequireDualStack"),
            service("clusterIPs: [10.0.0.1, 'fd00::2'], ipFamilyPolicy: RequireDualStack")
        ),
        (node("x"), node("y")),
    ])
    func refused(before: String, after: String) throws {
        #expect(try findings(before, after).contains { Self.names.contains($0.policyID) })
    }
}
