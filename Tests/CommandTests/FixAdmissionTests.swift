import Foundation
import Testing

/// Fixes of policies of the library that the configuration chooses for objects in admission.
@Suite struct FixAdmissionTests {
    private static let pod = """
        apiVersion: v1
        kind: Pod
        metadata: {name: a}
        spec:
          containers:
          - {name: a, image: "a:1", securityContext: {privileged: true, capabilities: {add: [SYS_ADMIN, CHOWN, SYS_MODULE]}}}
          - {name: b, image: "b:1", securityContext: {allowPrivilegeEscalation: true}}

        """

    private func patch(_ choices: String, _ file: String = "pod.yaml", in folder: TemporaryFolder) throws -> LintelRun {
        try folder.write("admission:\n  policies: {\(choices)}\n", to: "lintel.yaml")
        return try LintelRun(["mutate", "--config", "lintel.yaml", "--format", "patch", file], in: folder.url)
    }

    /// What is missing is put in; what a user set is changed only when the configuration says so; and the second time there is
    /// nothing left to do.
    @Test(arguments: [
        (
            "privilege-escalation: {fix: missing}",
            "{\"op\":\"add\",\"path\":\"/spec/containers/0/securityContext/allowPrivilegeEscalation\",\"value\":false}"
        ),
        (
            "privilege-escalation: {fix: overwrite}",
            "{\"op\":\"add\",\"path\":\"/spec/containers/0/securityContext/allowPrivilegeEscalation\",\"value\":false},"
                + "{\"op\":\"replace\",\"path\":\"/spec/containers/1/securityContext/allowPrivilegeEscalation\",\"value\":false}"
        ),
        ("privileged-container: {fix: missing}", ""),
        (
            "LT-POD-001: {fix: overwrite}",
            "{\"op\":\"replace\",\"path\":\"/spec/containers/0/securityContext/privileged\",\"value\":false}"
        ),
        (
            "cap-sys-admin: {fix: overwrite}",
            "{\"op\":\"remove\",\"path\":\"/spec/containers/0/securityContext/capabilities/add/2\"},"
                + "{\"op\":\"remove\",\"path\":\"/spec/containers/0/securityContext/capabilities/add/0\"}"
        ),
        ("cap-sys-admin: {fix: missing}", ""),
        (
            "seccomp-required: {fix: missing}",
            "{\"op\":\"add\",\"path\":\"/spec/containers/0/securityContext/seccompProfile\",\"value\":{\"type\":\"RuntimeDefault\"}},"
                + "{\"op\":\"add\",\"path\":\"/spec/containers/1/securityContext/seccompProfile\",\"value\":{\"type\":\"RuntimeDefault\"}}"
        ),
    ])
    func choices(_ choices: String, _ operations: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "pod.yaml")
        let run = try patch(choices, in: folder)
        #expect(run.code == 0, "\(run.errors)")
        let line = "{\"kind\":\"Pod\",\"namespace\":\"\",\"name\":\"a\",\"patch\":[\(operations)]}\n"
        #expect(run.output == (operations.isEmpty ? "" : line))
        let once = try LintelRun(["mutate", "--config", "lintel.yaml", "pod.yaml"], in: folder.url)
        try folder.write(once.output, to: "once.yaml")
        let again = try patch(choices, "once.yaml", in: folder)
        #expect(again.code == 0 && again.output == "", "\(again.output)\(again.errors)")
    }

    /// What is accepted is not changed, nor what is on its way out.
    @Test func acceptedAndLeaving() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod.replacing("- {name: a,", with: "- # lintel:ignore LT-POD-001\n    {name: a,"), to: "a.yaml")
        try folder.write(
            Self.pod.replacing("{name: a}", with: "{name: a, deletionTimestamp: \"2026-01-01T00:00:00Z\"}"), to: "b.yaml")
        for file in ["a.yaml", "b.yaml"] {
            let run = try patch("LT-POD-001: {fix: overwrite}", file, in: folder)
            #expect(run.code == 0 && run.output.isEmpty, "\(run.output)\(run.errors)")
        }
        try folder.write(
            "exceptions: [{policy: LT-POD-001, reason: needed, name: a}]\n"
                + "admission: {policies: {LT-POD-001: {fix: overwrite}}}\n", to: "lintel.yaml")
        try folder.write(Self.pod, to: "pod.yaml")
        let entry = try LintelRun(["mutate", "--config", "lintel.yaml", "--format", "patch", "pod.yaml"], in: folder.url)
        #expect(entry.code == 0 && entry.output.isEmpty, "\(entry.output)\(entry.errors)")
    }

    /// A choice that cannot be carried out is an error, and nothing chosen is none either.
    @Test(arguments: [
        ("image-pull-secrets: {fix: missing}", "looks at other objects"), ("host-path: {fix: missing}", "has no fix"),
        ("privilege-escalation: {fix: always}", "missing"), ("privilege-escalation: {enforcement: warn}", "no fix"),
    ])
    func wrongChoices(_ choices: String, _ message: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "pod.yaml")
        let run = try patch(choices, in: folder)
        #expect(run.code == 2 && run.errors.contains(message), "\(run.errors)")
    }

    @Test func checkJudgesWhatFixesMake() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "pod.yaml")
        try folder.write("admission: {policies: {LT-POD-001: {fix: overwrite}}}\n", to: "lintel.yaml")
        let arguments = ["check", "--only", "LT-POD-001", "pod.yaml"]
        #expect(try LintelRun(arguments, in: folder.url).code == 1)
        #expect(try LintelRun(arguments + ["--mutated"], in: folder.url).code == 0)
    }

    /// A link in a named folder that leads out of it is left alone by what changes files.
    @Test func linksOutAreNotFollowed() throws {
        let folder = try TemporaryFolder()
        try folder.write([
            "outside/pod.yaml": Self.pod, "inside/own.yaml": Self.pod.replacing("name: a}", with: "name: c}"),
        ])
        try FileManager.default.createSymbolicLink(
            atPath: folder.url.appendingPathComponent("inside/link.yaml").path, withDestinationPath: "../outside/pod.yaml")
        let images = try LintelRun(["images", "--fix", "--set-image", "a=2", "inside"], in: folder.url)
        #expect(images.code == 2 && images.errors.contains("is a link out of the named folder"), "\(images.errors)")
        let fix = try LintelRun(["fix", "--write", "--unsafe-fixes", "--only", "LT-POD-001", "inside"], in: folder.url)
        #expect(fix.code == 2 && fix.errors.contains("inside/link.yaml is a link out of the named folder"), "\(fix.errors)")
        let text = { (name: String) in try String(contentsOf: folder.url.appendingPathComponent(name), encoding: .utf8) }
        #expect(try text("outside/pod.yaml") == Self.pod)
        #expect(try text("inside/own.yaml").contains("a:2") && text("inside/own.yaml").contains("privileged: false"))
        // A link that the user names is followed.
        let named = try LintelRun(["images", "--fix", "--set-image", "a=2", "inside/link.yaml"], in: folder.url)
        #expect(named.code == 0, "\(named.errors)")
        #expect(try text("outside/pod.yaml").contains("a:2"))
    }

    /// Policies of one's own: by their metadata, by results with their fix, and by a rule.
    @Test(arguments: [
        (
            "# METADATA\n# custom: {id: T-1, fix: {op: add, path: metadata/labels/team, value: web}}\n"
                + "deny contains {\"msg\": \"no team\", \"path\": \"metadata.labels.team\"} if not input.metadata.labels.team\n",
            "{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"team\":\"web\"}}"
        ),
        (
            "# METADATA\n# custom: {id: T-1}\n"
                + "deny contains {\"msg\": \"no policy\", \"node\": c, \"field\": \"imagePullPolicy\"} if {\n"
                + "    some c in input.spec.containers\n    not c.imagePullPolicy\n}\n\n"
                + "fix contains {\"node\": c, \"patch\": [{\"op\": \"add\", \"path\": \"/imagePullPolicy\", \"value\": data.lib.pull}]} if {\n"
                + "    some c in input.spec.containers\n    c.name == \"b\"\n}\n",
            "{\"op\":\"add\",\"path\":\"/spec/containers/1/imagePullPolicy\",\"value\":\"Always\"}"
        ),
        (
            "# METADATA\n# custom: {id: T-1, fix: {rule: remedies}}\n"
                + "deny contains \"no team\" if not input.metadata.labels.team\n\n"
                + "remedies := [{\"op\": \"add\", \"path\": \"/metadata/labels/team\", \"value\": input.metadata.name}]\n",
            "{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"team\":\"a\"}}"
        ),
        (
            "# METADATA\n# custom: {id: T-1, fix: {rule: deny}}\n"
                + "deny contains {\"msg\": \"no team\", \"fix\": [{\"op\": \"add\", \"path\": \"/metadata/labels/team\", \"value\": \"x\"}]} if "
                + "not input.metadata.labels.team\n",
            "{\"op\":\"add\",\"path\":\"/metadata/labels\",\"value\":{\"team\":\"x\"}}"
        ),
    ])
    func ownPolicies(_ policy: String, _ operations: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "pod.yaml")
        try folder.write("package team\n\n" + policy, to: "policy/team.rego")
        try folder.write("package lib\n\npull := \"Always\"\n", to: "policy/lib.rego")
        try folder.write("policies: [policy]\nadmission: {policies: {T-1: {fix: missing}}}\n", to: "lintel.yaml")
        let run = try LintelRun(["mutate", "--config", "lintel.yaml", "--format", "patch", "pod.yaml"], in: folder.url)
        #expect(run.code == 0, "\(run.errors)")
        #expect(run.output == "{\"kind\":\"Pod\",\"namespace\":\"\",\"name\":\"a\",\"patch\":[\(operations)]}\n")
    }

    /// A rule that returns no operations is a failure of its policy, and nothing is changed.
    @Test func brokenRule() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.pod, to: "pod.yaml")
        try folder.write(
            "package team\n\n# METADATA\n# custom: {id: T-1}\ndeny contains \"no team\" if not input.metadata.labels.team\n\n"
                + "fix contains {\"op\": \"add\", \"path\": \"/metadata/labels/team\"}\n", to: "team.rego")
        try folder.write("policies: [team.rego]\nadmission: {policies: {T-1: {fix: missing}}}\n", to: "lintel.yaml")
        let run = try LintelRun(["mutate", "--config", "lintel.yaml", "--format", "patch", "pod.yaml"], in: folder.url)
        #expect(run.code == 2 && run.output.isEmpty, "\(run.output)")
        #expect(run.errors.contains("T-1") && run.errors.contains("add needs a value"), "\(run.errors)")
    }
}
