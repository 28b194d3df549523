import Foundation
import Testing

/// `--policy` that leads to less than was meant: each an error that says what to do.
@Suite struct UserPolicyTests {
    struct Case: CustomTestStringConvertible {
        var name: String
        var files: [String: String]
        var policies = ["policy"]
        /// What standard error holds; nothing for policies that are fine.
        var says: [String] = []
        var code: Int32 = 2
        var testDescription: String { name }
    }

    private static let good = "package p\n\ndeny contains \"a pod\" if input.kind == \"Pod\"\n"

    private static func rules(_ text: String) -> [String: String] { ["policy/p.rego": "package p\n\n\(text)\n"] }

    static let nothing = [
        Case(name: "empty folder", files: ["policy/README.md": "x"], says: ["error: policy holds no rule and no data"]),
        Case(
            name: "tests only", files: ["policy/p_test.rego": "package p\n\ntest_x if true\n"],
            says: ["policy holds no rule and no data"]),
        Case(name: "package only", files: ["policy/p.rego": "package p\n"], says: ["policy holds no rule and no data"]),
        Case(name: "empty data", files: ["policy/data.json": "{}"], says: ["policy holds no rule and no data"]),
        Case(
            name: "one of two paths", files: ["policy/p.rego": good, "more/x.yaml": "a: 1\n"], policies: ["policy", "more"],
            says: ["error: more holds no rule and no data", "hint: of a folder, .rego files but tests are read"]),
        Case(name: "helpers only", files: rules("f(x) := x + 1"), says: ["no rule of policy judges anything", "deny_latest"]),
        Case(
            name: "data beside rules", files: ["policy/p.rego": good, "more/data.yaml": "a: 1\n"], policies: ["policy", "more"],
            code: 1),
        Case(
            name: "helpers beside rules", files: ["policy/p.rego": good, "more/l.rego": "package l\n\nf(x) := x\n"],
            policies: ["policy", "more"], code: 1),
    ]

    static let names = [
        Case(
            name: "den", files: rules("den contains \"x\" if input.kind"),
            says: ["policy/p.rego:3:1: error: the rule den is never evaluated; did you mean \"deny\"?"]),
        Case(name: "denny", files: rules("denny contains \"x\" if input.kind"), says: ["the rule denny", "\"deny\""]),
        Case(
            name: "suffix", files: rules("dney_latest contains \"x\" if input.kind"),
            says: ["the rule dney_latest", "\"deny_latest\""]),
        Case(
            name: "plural", files: rules("violations contains \"x\" if input.kind"),
            says: ["the rule violations", "\"violation\""]),
        Case(name: "capital", files: rules("Deny contains \"x\" if input.kind"), says: ["the rule Deny", "\"deny\""]),
        Case(name: "inflected", files: rules("warnings contains \"x\" if input.kind"), says: ["the rule warnings", "\"warn\""]),
        Case(name: "complete rule", files: rules("denny if input.kind == \"Pod\""), says: ["the rule denny", "\"deny\""]),
        Case(name: "v0", files: rules("denny[msg] { msg := \"x\" }"), says: ["the rule denny"]),
        Case(
            name: "beside a proper rule", files: rules("deny contains \"x\" if input.kind\n\ndenny contains \"y\" if input.kind"),
            says: ["warning: the rule denny is never evaluated"], code: 1),
        Case(
            name: "helper that is used", files: rules("deny contains x if some x in denn\n\ndenn contains \"x\" if input.kind"),
            code: 1),
        Case(
            name: "helper of another package",
            files: [
                "policy/a.rego": "package a\n\nwarm contains \"x\" if input.kind\n",
                "policy/b.rego": "package b\n\ndeny contains x if some x in data.a.warm\n",
            ],
            code: 1),
        Case(
            name: "helper by a string",
            files: rules("deny contains x if some x in data.p[\"denn\"]\n\ndenn contains \"x\" if input.kind").mapValues {
                $0.replacing("package p", with: "package q")
            }.merging(["policy/d.rego": "package p\n\ndenn contains \"x\" if true\n"]) { $1 },
            code: 1),
        Case(name: "helper function", files: rules("denny(x) := x\n\ndeny contains \"x\" if denny(input.kind)"), code: 1),
        Case(
            name: "inflected answer of an API",
            files: rules("deny contains \"x\" if input.kind\n\ndenied contains \"y\" if input.kind"), code: 1),
        Case(
            name: "other words",
            files: rules("deny contains \"x\" if input.kind\n\nmany contains 1\n\nwent := 1\n\nvalidation := 2"), code: 1),
    ]

    static let forms = [
        ("kyverno.io/v1", "ClusterPolicy", "Kyverno"), ("policies.kyverno.io/v1alpha1", "ValidatingPolicy", "Kyverno"),
        ("admissionregistration.k8s.io/v1", "ValidatingAdmissionPolicy", "the API server"),
        ("policies.kubewarden.io/v1", "ClusterAdmissionPolicy", "Kubewarden"),
    ]

    private func run(_ test: Case) throws -> LintelRun {
        let folder = try TemporaryFolder()
        for (path, text) in test.files { try folder.write(text, to: path) }
        try folder.write(HostileInputTests.good, to: "pod.yaml")
        return try LintelRun(
            ["check", "--no-builtin"] + test.policies.flatMap { ["--policy", $0] } + ["pod.yaml"], in: folder.url)
    }

    @Test(arguments: nothing + names)
    func policies(_ test: Case) throws {
        let run = try run(test)
        #expect(run.code == test.code, "\(run.output)\(run.errors)")
        for part in test.says { #expect(run.errors.contains(part), "\(run.errors)") }
        if test.says.isEmpty { #expect(run.errors == "") }
    }

    /// Policies of other tools, named or in a folder, in YAML or JSON, first in the file or not.
    @Test(arguments: forms)
    func otherForms(_ apiVersion: String, _ kind: String, _ tool: String) throws {
        let yaml = "a: 1\n---\napiVersion: \(apiVersion)\nkind: \(kind)\nmetadata: {name: x}\n"
        let json = "{\"apiVersion\": \"\(apiVersion)\", \"kind\": \"\(kind)\"}"
        let message = "error: a \(kind) is a policy of \(tool), which --policy does not read"
        for (name, text) in [("x.yaml", yaml), ("x.json", json), ("data.yaml", yaml)] {
            for path in ["policy", "policy/\(name)"] {
                let run = try run(
                    Case(name: "", files: ["policy/p.rego": Self.good, "policy/\(name)": text], policies: [path], code: 2))
                #expect(run.code == 2)
                #expect(run.errors.contains(message), "\(name) \(path): \(run.errors)")
                #expect(run.errors.contains("policy/\(name):"))
            }
        }
    }

    /// Manifests that tests are about, and objects that are no policies.
    @Test func noOtherForm() throws {
        let fixture = "apiVersion: kyverno.io/v1\nkind: ClusterPolicy\n"
        let webhook = "apiVersion: admissionregistration.k8s.io/v1\nkind: ValidatingWebhookConfiguration\n"
        let files = [
            "policy/p.rego": Self.good, "policy/p_test.rego": "package p\n", "policy/fail.yaml": fixture,
            "policy/more/webhook.yaml": webhook,
        ]
        let run = try run(Case(name: "", files: files))
        #expect(run.code == 1, "\(run.errors)")
        #expect(run.errors == "")
    }
}
