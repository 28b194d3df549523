import Catalogue
import Diagnostics
@testable import Findings
import Foundation
@testable import Inputs
import Judging
@testable import Reports
import Testing

/// No report shows a credential, neither by the finding that points at it nor by one beside it.
@Suite struct SecretMaskTests {
    @Test(arguments: ReportFormat.allCases)
    func reportsHideCredentials(_ format: ReportFormat) throws {
        let text = """
            apiVersion: v1
            kind: Pod
            metadata: {name: a}
            spec:
              containers:
              - {name: a, image: "nginx:latest", env: [{name: DB_PASSWORD, value: Zx81kPq2Zx}], securityContext: {privileged: true}}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            stringData: {password: Qw92mNb3Vc}
            """
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("lintel-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(text.utf8).write(to: file)
        let report = Validator(PolicySet(library: try .embedded()), options: Validator.Options()).validate(
            files: [InputFile(path: file.path)])
        #expect(
            report.findings.contains { $0.policyID == "LT-SEC-004" } && report.findings.contains { $0.policyID == "LT-SEC-001" })
        let output = format.render(report, options: ReportOptions(version: "1"))
        #expect(output.contains("LT-SEC-004"))
        #expect(!output.contains("Zx81kPq2Zx") && !output.contains("Qw92mNb3Vc"))
    }
}
