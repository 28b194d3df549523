import Foundation
import TestSupport
import Testing

/// `policies` in `lintel.yaml`.
@Suite struct ConfiguredPoliciesTests {
    private static let policy = "package own\n\nimport rego.v1\n\ndeny contains \"no\" if input.kind == \"Pod\"\n"
    private static let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\n"

    private func folder(_ configuration: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write([
            "lintel.yaml": configuration, "rules/own.rego": Self.policy, "deploy/pod.yaml": Self.pod,
            "rules/label.yaml": """
            apiVersion: mutations.gatekeeper.sh/v1
            kind: AssignMetadata
            metadata: {name: label}
            spec: {location: metadata.labels.a, parameters: {assign: {value: b}}}

            """,
        ])
        return folder
    }

    @Test func theyJudgeAndChange() throws {
        let folder = try folder("policies: [rules/]\n")
        let check = try LintelRun(["check", "--no-builtin", "deploy", "--format", "compact"], in: folder.url)
        #expect(check.code == 1 && check.output.contains("deploy/pod.yaml:2") && check.output.contains("no"), "\(check.errors)")
        let mutate = try LintelRun(["mutate", "deploy"], in: folder.url)
        #expect(mutate.code == 0 && mutate.output.contains("a: b"), "\(mutate.errors)")
        // From a folder below, paths stay relative to the file.
        let below = folder.url.appendingPathComponent("deploy")
        #expect(try LintelRun(["check", "--no-builtin", "pod.yaml"], in: below).code == 1)
    }

    @Test func basesNameSomeToo() throws {
        let folder = try folder("extends: base/lintel-base.yaml\n")
        try folder.write("policies: [../rules/own.rego]\n", to: "base/lintel-base.yaml")
        #expect(try LintelRun(["check", "--no-builtin", "deploy"], in: folder.url).code == 1)
    }

    @Test(arguments: [
        ("policies: rules/\n", "policies is a list of files and folders"), ("policies: [1]\n", "the path of a file or folder"),
        ("policies: [nowhere/]\n", "nowhere"), ("policies: [deploy/]\n", "holds no rule and no data"),
        ("{}\n", "With --no-builtin, name policies of your own"),
    ])
    func mistakesAreTold(_ configuration: String, _ says: String) throws {
        let folder = try folder(configuration)
        let run = try LintelRun(["check", "--no-builtin", "deploy"], in: folder.url)
        #expect(run.code != 0 && run.code != 1, "\(run.output)")
        #expect(run.errors.contains(says), "\(run.errors)")
    }

    @Test func floorsKeepThemOut() throws {
        let folder = try folder("policies: [rules/own.rego]\n")
        try folder.write("failOn: error\n", to: "floor.yaml")
        let run = try LintelRun(["check", "deploy", "--policy-floor", "floor.yaml"], in: folder.url)
        #expect(run.errors.contains("the policies of lintel.yaml have no effect"), "\(run.errors)")
        #expect(!run.output.contains("own.deny"), "\(run.output)")
        try folder.write("policies: [rules/own.rego]\n", to: "floor.yaml")
        let held = try LintelRun(["check", "deploy", "--policy-floor", "floor.yaml"], in: folder.url)
        #expect(held.output.contains("own.deny"), "\(held.output)\(held.errors)")
    }
}
