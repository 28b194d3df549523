import Catalogue
@testable import Compliance
import Diagnostics
import Documents
import Inputs
import TestSupport
import Testing

private func report(
    _ framework: String, _ paths: [String], facts: [String] = [], settings: ComplianceSettings = ComplianceSettings()
) throws -> ComplianceReport {
    let library = try Checkout.library()
    let frameworks = try Framework.all(in: library)
    let options = ComplianceRun.Options(time: "2026-01-02T03:04:05Z", toolVersion: "test", inputs: paths)
    let run = ComplianceRun(PolicySet(library: library), frameworks: frameworks, settings: settings, options: options)
    let files = FileDiscovery().files(at: paths.map { $0.hasPrefix("/") ? $0 : "\(Checkout.root)/examples/cis/\($0)" }).files
    let wanted = try #require(frameworks.first { $0.answers(to: framework) })
    let (report, problems) = run.report(on: wanted, files: files, nodeFacts: facts.map { "\(Checkout.root)/examples/cis/\($0)" })
    #expect(!problems.contains { $0.severity == .error }, "\(problems)")
    return try #require(report)
}

@Suite struct SampleTests {
    /// Every recommendation of both samples, with and without node facts.
    @Test(arguments: ["hardened", "careless"], [false, true])
    func expectedStatuses(_ sample: String, withFacts: Bool) throws {
        let found = try report("cis-1.8", [sample], facts: withFacts ? ["\(sample)/node-facts.json"] : [])
        let bytes = try FileSystem.read(Checkout.root + "/examples/cis/expected.yaml")
        let expected = try #require(YAMLReader().read(SourceFile(path: "expected.yaml", bytes: bytes)).documents.first)
        defer { withExtendedLifetime(expected) {} }
        #expect(expected.root.count == 130)
        #expect(found.answers.count == 130)
        for answer in found.answers {
            let wanted = expected.root.field(named: answer.clause.id).field(named: sample)
            #expect(answer.status.rawValue == wanted.strings[withFacts ? 1 : 0], "\(sample) \(answer.clause.id)")
        }
        #expect(found.answers.count { $0.status.isEvaluated } == (withFacts ? 130 : 99))
    }

    @Test func evidenceHasPlaces() throws {
        let found = try report("cis-1.8", ["careless"], facts: ["careless/node-facts.json"])
        let profiling = try #require(found.answers.first { $0.clause.id == "1.3.7" })
        let place = try #require(
            profiling.evidence.first { $0.file?.hasSuffix("manifests/kube-controller-manager.yaml") == true })
        let source = SourceFile(
            path: "", bytes: try FileSystem.read(Checkout.root + "/examples/cis/careless/manifests/kube-controller-manager.yaml"))
        let line = try #require(place.line)
        #expect(source.text(in: source.byteRange(ofLine: line)).contains("--bind-address=0.0.0.0"))
        #expect(place.resource == "Pod kube-system/kube-controller-manager")
        let owner = try #require(found.answers.first { $0.clause.id == "1.1.2" }?.evidence.first)
        #expect(owner.file?.hasSuffix("node-facts.json") == true)
        #expect(owner.line != nil)
        #expect(found.provenance.libraryDigest.hasPrefix("sha256:") && found.provenance.inputDigest.hasPrefix("sha256:"))
    }

    @Test func otherFrameworksUsePoliciesAndTheBenchmark() throws {
        let hardening = try report("nsa", ["careless"])
        #expect(hardening.answers.first { $0.clause.id == "NET-5" }?.status == .fail)
        #expect(hardening.answers.first { $0.clause.id == "LOG-3" }?.status == .manual)
        let standards = try report("pss", ["careless/cluster"])
        let privileged = try #require(standards.answers.first { $0.clause.id == "baseline:privileged" })
        #expect(privileged.status == .fail)
        #expect(privileged.evidence.contains { $0.line != nil })
    }

    /// How often each status is given, for every framework and sample; no clause passes without evidence.
    @Test func summaries() throws {
        var text = ""
        for framework in try Framework.all(in: Checkout.library()) {
            for sample in ["cis/hardened", "cis/careless", "shop"] {
                let found = try report(framework.id, ["\(Checkout.root)/examples/\(sample)"])
                for answer in found.answers where answer.status.isEvaluated {
                    #expect(!answer.evidence.isEmpty, "\(framework.id) \(answer.clause.id)")
                }
                let counts = ClauseStatus.allCases.map { ($0.rawValue, found.count($0)) }.filter { $0.1 > 0 }
                text += "\(framework.id) \(sample): \(counts.map { "\($0.1) \($0.0)" }.joined(separator: ", "))\n"
            }
        }
        let difference = Snapshot.difference(text, "summaries.txt")
        #expect(difference == nil, "\(difference ?? "")")
    }

    @Test func whatIsEnforced() throws {
        let found = try report("nist-800-190", ["\(Checkout.root)/Tests/ComplianceTests/Fixtures/enforced.yaml"])
        #expect(
            found.enforcement.map(\.resource) == [
                "K8sPSPPrivilegedContainer no-privileged", "ValidatingWebhookConfiguration lintel",
            ])
        let runtime = try #require(found.answers.first { $0.clause.id == "4.4.3" })
        #expect(runtime.status == .pass, "\(runtime)")
        #expect(
            runtime.evidence.contains { $0.verdict == "enforced" && $0.resource == "K8sPSPPrivilegedContainer no-privileged" })
    }

    @Test func acceptedViolations() throws {
        let text = #"{"exceptions": [{"clause": "5.2.2", "reason": "debugging", "resource": "Pod toolbox"}]}"#
        let settings = try ComplianceSettings(reading: JSONReader.read(SourceFile(path: "s", text: text)))
        let found = try report("cis-1.8", ["careless/cluster"], settings: settings)
        #expect(found.answers.first { $0.clause.id == "5.2.2" }?.status == .passWithExceptions)
        #expect(found.answers.first { $0.clause.id == "5.2.3" }?.status == .fail)
    }
}
