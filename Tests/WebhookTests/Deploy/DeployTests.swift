import Catalogue
import Diagnostics
import Documents
import Foundation
import Inputs
import Testing

/// What `deploy/` renders to, by our own renderers and by kubectl and helm where they are installed.
@Suite struct DeployTests {
    private static let deploy = ServedPolicies.package.appendingPathComponent("deploy")
    static let overlays = ["default", "fail-closed", "self-managed", "client-certificates"]
    /// Settings of the chart that switch its parts on.
    static let settings: [[String]] = [
        [], ["monitoring.enabled=true", "namespace.create=true", "decisionLog.enabled=true"],
        ["policies.bundles.a=https://bundles.example.com/a.tar.gz", "tolerations[0].key=a", "nodeSelector.x=y"],
        ["namespace.isOwn=false"],
    ]

    // MARK: Clean

    @Test(arguments: overlays)
    func overlaysAreClean(name: String) throws {
        let text = try Self.overlay(name)
        try Self.expectClean(text, ignoring: name == "self-managed" ? ["LT-SEC-001", "LT-SEC-007"] : [])
        let objects = Self.objects(text)
        #expect(objects.allSatisfy { ClusterScope.contains($0.type.groupKind) || $0.namespace == "lintel-system" })
        if let kubectl = Self.tool("kubectl") {
            let other = try Self.run(kubectl, ["kustomize", Self.prepared(name).path])
            #expect(Self.titles(Self.objects(other)) == Self.titles(objects))
        }
    }

    @Test(arguments: settings)
    func chartIsClean(settings: [String]) throws {
        let arguments = settings.flatMap { ["--set", $0] }
        let chart = Self.deploy.appendingPathComponent("helm/lintel").path
        let text = try Self.lintel(["template", chart, "--namespace", "lintel-system"] + arguments)
        try Self.expectClean(text)
        if let helm = Self.tool("helm") {
            let other = try Self.run(helm, ["template", "release-name", chart, "--namespace", "lintel-system"] + arguments)
            #expect(Self.titles(Self.objects(other)) == Self.titles(Self.objects(text)))
        }
    }

    @Test(arguments: ["config.profile=nonsense", "config.admission.mode=later", "webhook.onError=maybe", "unknown=1"])
    func schemaRefuses(setting: String) throws {
        let chart = Self.deploy.appendingPathComponent("helm/lintel").path
        let (code, _) = try Self.start(try #require(ProcessTests.Program.path), ["template", chart, "--set", setting])
        #expect(code != 0)
    }

    @Test(arguments: overlays)
    func nothingIsRefusedAtFirst(name: String) throws {
        let maps = Self.objects(try Self.overlay(name)).filter { $0.type.kind == "ConfigMap" && $0.name == "lintel" }
        let text = try #require(maps.first?.value.field("data").field(named: "lintel.yaml").stringValue)
        let library = try PolicyLibrary.embedded()
        let read = ConfigurationReader.read(SourceFile(path: "lintel.yaml", text: text), policies: library.policies)
        #expect(read.problems.map(\.message) == [])
        #expect(read.configuration.admission.mode == .observe)
    }

    // MARK: What is asked about

    /// Kinds that policies look at and that no admission request is about, or none that is worth asking.
    private static let unasked: [String: String] = [
        "": "Binding ComponentStatus Config Endpoints Event Node", "admission.k8s.io": "*", "apidiscovery.k8s.io": "*",
        "apiserver.config.k8s.io": "*", "audit.k8s.io": "*", "auditregistration.k8s.io": "*", "authentication.k8s.io": "*",
        "authorization.k8s.io": "*", "client.authentication.k8s.io": "*", "coordination.k8s.io": "*", "discovery.k8s.io": "*",
        "events.k8s.io": "*", "kubeadm.k8s.io": "*", "kubelet.config.k8s.io": "*", "kubeproxy.config.k8s.io": "*",
        "kubescheduler.config.k8s.io": "*", "kubecontrollermanager.config.k8s.io": "*", "kustomize.config.k8s.io": "*",
        "lintel": "*", "pod-security.admission.config.k8s.io": "*", "imagepolicy.k8s.io": "*", "internal.apiserver.k8s.io": "*",
        // Groups and kinds that are not served any more.
        "extensions": "*", "certmanager.k8s.io": "*", "settings.k8s.io": "*", "storagemigration.k8s.io": "*",
        "apps": "ControllerRevision DeploymentRollback Scale", "policy": "Eviction PodSecurityPolicy",
        "karpenter.sh": "Machine Provisioner", "networking.k8s.io": "ClusterCIDR IPAddress ServiceCIDR",
        // What controllers alone write, often.
        "storage.k8s.io": "CSINode CSIStorageCapacity VolumeAttachment", "certificates.k8s.io": "PodCertificateRequest",
        "resource.k8s.io":
            "DeviceTaintRule PodScheduling PodSchedulingContext ResourceClaim ResourceClaimParameters ResourceClass ResourceClassParameters ResourceSlice",
    ]

    @Test func rulesCoverWhatPoliciesLookAt() throws {
        let rules = try Self.rules()
        let policies = try PolicyLibrary.embedded().policies
        var missing: Set<String> = []
        for target in policies.flatMap(\.targets) where target.group != "*" {
            for kind in target.kinds where kind != "*" {
                let unasked = Self.unasked[target.group] ?? ""
                if unasked == "*" || unasked.split(separator: " ").contains(Substring(kind)) { continue }
                if !Self.covers(rules, target.group, PluralName.of(kind)) { missing.insert("\(target.group)/\(kind)") }
            }
        }
        #expect(missing.sorted() == [])
    }

    @Test func rulesCoverAllWorkloads() throws {
        let rules = try Self.rules()
        let missing = WorkloadTable.entries.filter { !Self.covers(rules, $0.group, PluralName.of($0.kind)) }
        #expect(missing.map(\.text) == [])
    }

    @Test(arguments: [
        ("", "pods/ephemeralcontainers"), ("", "pods/resize"), ("", "replicationcontrollers/scale"),
        ("apps", "deployments/scale"),
        ("apps", "replicasets/scale"), ("apps", "statefulsets/scale"), ("argoproj.io", "rollouts/scale"),
        ("admissionregistration.k8s.io", "validatingwebhookconfigurations"), ("storage.k8s.io", "storageclasses"),
    ])
    func rulesCover(group: String, resource: String) throws {
        #expect(Self.covers(try Self.rules(), group, resource))
    }

    // MARK: Conditions

    struct Request: Sendable {
        var group: String
        var resource: String
        var namespace: String?
        var groups: [String]? = ["system:authenticated"]
        var isAsked: Bool
    }

    @Test(arguments: [
        Request(group: "", resource: "pods", namespace: "shop", isAsked: true),
        Request(group: "", resource: "pods", namespace: "kube-system", isAsked: false),
        Request(group: "", resource: "pods", namespace: "lintel-system", isAsked: false),
        Request(group: "", resource: "pods", namespace: "shop", groups: ["system:nodes"], isAsked: false),
        Request(group: "", resource: "pods", namespace: "shop", groups: nil, isAsked: true),
        Request(group: "coordination.k8s.io", resource: "leases", namespace: "shop", isAsked: false),
        // Objects of the cluster: the server leaves request.namespace out.
        Request(group: "rbac.authorization.k8s.io", resource: "clusterroles", namespace: nil, isAsked: true),
        Request(group: "", resource: "persistentvolumes", namespace: nil, isAsked: true),
        Request(group: "storage.k8s.io", resource: "storageclasses", namespace: nil, isAsked: true),
        Request(group: "", resource: "namespaces", namespace: "shop", isAsked: true),
    ])
    func conditions(request: Request) throws {
        var object: [String: Any] = ["resource": ["group": request.group, "version": "v1", "resource": request.resource]]
        object["namespace"] = request.namespace
        object["userInfo"] = request.groups.map { ["groups": $0] } ?? [:]
        let chart = try Self.lintel([
            "template", Self.deploy.appendingPathComponent("helm/lintel").path, "--namespace", "lintel-system",
        ])
        for text in [try Self.overlay("default"), chart] {
            let conditions = try Self.webhook(in: text) {
                $0.field("matchConditions").elements.map { $0.field("expression").string }
            }
            #expect(conditions.count == 3)
            let results = try conditions.map { try ConditionExpression($0).evaluate(object) }
            #expect(!results.contains(.failure))
            #expect(results.allSatisfy { $0 == .value(true) } == request.isAsked)
        }
    }

    @Test func theBrokenConditionIsAnError() throws {
        let broken = try ConditionExpression(#"!(request.namespace in ["kube-system"])"#)
        #expect(broken.evaluate(["resource": ["group": ""]]) == .failure)
        #expect(broken.evaluate(["namespace": "shop"]) == .value(true))
        let guarded = try ConditionExpression(#"!has(request.namespace) || request.namespace != 'a' && 'x' == 'x'"#)
        #expect(guarded.evaluate([:]) == .value(true))
        #expect(guarded.evaluate(["namespace": "a"]) == .value(false))
    }

    // MARK: Rendering

    /// A folder like `deploy/` with a certificate for the overlay that wants one; made once.
    private static let folder: URL? = {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-deploy-\(UUID().uuidString)")
        guard (try? FileManager.default.copyItem(at: deploy, to: folder)) != nil else { return nil }
        let certs = folder.appendingPathComponent("kustomize/components/self-managed/certs").path
        return (try? lintel(["certs", "create", "--dir", certs])).map { _ in folder }
    }()

    private static func prepared(_ overlay: String) throws -> URL {
        try #require(folder).appendingPathComponent("kustomize/overlays/\(overlay)")
    }

    private static func overlay(_ name: String) throws -> String { try lintel(["render", try prepared(name).path]) }

    private static func expectClean(_ text: String, ignoring policies: [String] = []) throws {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-\(UUID().uuidString).yaml")
        try Data(text.utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        // The digest of the image is the user's to set; see lintel.yaml. cert-manager's types are not at hand.
        let skipped = (["image-digest"] + policies).flatMap { ["--skip", $0] }
        let arguments = ["check", "--profile", "all", "--format", "compact", "--missing-schemas", "skip"] + skipped + [file.path]
        let (code, output) = try start(try #require(ProcessTests.Program.path), arguments)
        #expect(code == 0, "\(output)")
    }

    private static func objects(_ text: String) -> [Resource] {
        ResourceReader().read(SourceFile(path: "rendered", text: text)).resources
    }

    private static func titles(_ objects: [Resource]) -> [String] { objects.map(\.title).sorted() }

    /// What a body makes of the first webhook: its values live as long as the object.
    private static func webhook<Result>(in text: String, _ body: (Value) throws -> Result) throws -> Result {
        let configuration = try #require(objects(text).first { $0.type.kind == "ValidatingWebhookConfiguration" })
        return try withExtendedLifetime(configuration) {
            try body(try #require(configuration.value.field("webhooks").elements.first))
        }
    }

    // MARK: Rules

    private static func rules() throws -> [(group: String, resource: String)] {
        try webhook(in: try overlay("default")) { webhook in
            webhook.field("rules").elements.flatMap { rule in
                rule.field("apiGroups").elements.flatMap { group in
                    rule.field("resources").elements.map { (group.string, $0.string) }
                }
            }
        }
    }

    private static func covers(_ rules: [(group: String, resource: String)], _ group: String, _ resource: String) -> Bool {
        rules.contains { $0.group == group && $0.resource == resource }
    }

    // MARK: Programs

    private static func tool(_ name: String) -> URL? {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
            .map { URL(fileURLWithPath: "\($0)/\(name)") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }

    static func lintel(_ arguments: [String]) throws -> String {
        try run(try #require(ProcessTests.Program.path), arguments)
    }

    private static func run(_ program: URL, _ arguments: [String]) throws -> String {
        let (code, output) = try start(program, arguments)
        try #require(code == 0, "\(arguments): \(output)")
        return output
    }

    static func start(_ program: URL, _ arguments: [String]) throws -> (code: Int32, output: String) {
        let process = Process(), pipe = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}

/// The plural names of kinds, as their APIs have them.
private enum PluralName {
    private static let special = [
        "Endpoints": "endpoints", "IngressClass": "ingressclasses", "StorageClass": "storageclasses",
        "Prometheus": "prometheuses",
        "SecurityContextConstraints": "securitycontextconstraints", "K8sAllowedRepos": "k8sallowedrepos",
        "K8sAllowedReposv2": "k8sallowedreposv2",
    ]

    static func of(_ kind: String) -> String {
        if let name = special[kind] { return name }
        let name = kind.lowercased()
        if name.hasSuffix("s") || name.hasSuffix("x") || name.hasSuffix("ch") { return name + "es" }
        if name.hasSuffix("y"), !["a", "e", "o"].contains(String(name.dropLast().last ?? " ")) { return name.dropLast() + "ies" }
        return name + "s"
    }
}
