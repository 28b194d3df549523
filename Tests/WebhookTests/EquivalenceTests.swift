import Catalogue
import Diagnostics
import Documents
import Findings
import Foundation
import Inputs
import Judging
import Testing
@testable import Webhook

/// `check` and admission give the same verdicts: a manifest is judged as its own creation.
struct EquivalenceTests {
    /// The same rules as Conftest and as OPA's webhook write them, and as one package that does both.
    static let conftest = """
        package styles.conftest

        deny contains msg if {
            some c in object.get(input, ["spec", "template", "spec", "containers"], [])
            not c.resources.limits.memory
            msg := sprintf("%s/%s: no limit", [input.kind, c.name])
        }

        deny contains msg if { not input.metadata.labels["app.kubernetes.io/name"]; msg := sprintf("%s: unnamed", [input.kind]) }
        """
    static let webhook = """
        package styles.webhook

        import input.request as req

        deny contains msg if {
            req.operation == "CREATE"
            some c in object.get(req.object, ["spec", "template", "spec", "containers"], [])
            not c.resources.limits.memory
            msg := sprintf("%s/%s: no limit", [req.kind.kind, c.name])
        }

        deny contains msg if { not req.object.metadata.labels["app.kubernetes.io/name"]; msg := sprintf("%s: unnamed", [req.kind.kind]) }
        """
    static let mixed = """
        package styles.mixed

        deny contains msg if {
            some c in object.get(input.request.object, ["spec", "template", "spec", "containers"], [])
            not c.resources.limits.memory
            msg := sprintf("%s/%s: no limit", [input.kind, c.name])
        }

        deny contains msg if { not input.metadata.labels["app.kubernetes.io/name"]; msg := sprintf("%s: unnamed", [input.request.kind.kind]) }
        """

    static let manifests: [String] = {
        let examples = ServedPolicies.package.appendingPathComponent("examples").path
        return FileDiscovery().files(at: [examples]).files.map(\.path).filter { !$0.contains("/policy/") }
    }()

    @Test func everyExample() throws {
        let served = try ServedPolicies(
            ["a.rego": Self.conftest, "b.rego": Self.webhook, "c.rego": Self.mixed], builtin: true, profiles: ["all"])
        let contents = try ServedPolicies.contents(
            ["a.rego": Self.conftest, "b.rego": Self.webhook, "c.rego": Self.mixed], "", builtin: true, profiles: ["all"],
            onError: nil)
        let evaluator = AdmissionEvaluator(try #require(served.holder.current).admission)
        let objectPolicies = Set(evaluator.policies.policies.map(\.id))
        var options = Validator.Options()
        (options.selection, options.data, options.now) = (
            contents.options.selection, contents.options.data, 1_800_000_000_000_000_000
        )
        let validator = Validator(try #require(contents.set), options: options)
        var resources = 0, findings = 0
        for path in Self.manifests {
            let file = InputFile(path: path)
            let report = validator.validate(files: [file])
            let checked = report.findings.filter { objectPolicies.contains($0.policyID) }.map { "\($0.policyID): \($0.message)" }
            var judged: [String] = []
            for resource in ResourceReader().read(file).resources {
                resources += 1
                let verdict = try Self.verdict(on: resource, evaluator, now: options.now)
                #expect(verdict.failures.isEmpty, "\(path): \(verdict.failures)")
                judged += verdict.violations.map { "\(evaluator.policies.policies[$0.slot].id): \($0.message)" }
                Self.expectSameStyles(verdict, evaluator.policies.policies, path)
            }
            #expect(Set(checked) == Set(judged), "\(path): \(Set(checked).symmetricDifference(judged).sorted())")
            findings += judged.count
        }
        // Something was compared.
        #expect(resources > 150 && findings > 300)
    }

    /// The verdict on a resource as the API server would send it: its JSON in a review of its own.
    static func verdict(on resource: Resource, _ evaluator: AdmissionEvaluator, now: Int64) throws -> AdmissionVerdict {
        let type = resource.type
        let review = """
            {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","request":{"uid":"u","operation":"CREATE",
             "kind":{"group":"\(type.group)","version":"\(type.version)","kind":"\(type.kind)"},
             "object":\(JSONWriter.string(resource.value))}}
            """
        let document = try JSONReader.read(SourceFile(path: "review", text: review))
        return evaluator.evaluate(
            try AdmissionRequest(document), profile: "", limits: AdmissionEvaluator.Limits(), deadline: .max, now: now)
    }

    private static func expectSameStyles(_ verdict: AdmissionVerdict, _ policies: [Policy], _ path: String) {
        let styles = ["conftest", "webhook", "mixed"].map { style in
            Set(verdict.violations.filter { policies[$0.slot].id == "styles.\(style).deny" }.map(\.message))
        }
        #expect(styles[0] == styles[1] && styles[0] == styles[2], "\(path)")
    }
}
