import Foundation
import Testing

/// The manifests that install the webhook obey every policy of the library.
@Suite struct DeployTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    @Test func isClean() throws {
        let run = try LintelRun(["check", "--profile", "all", "deploy/"], in: Self.root)
        #expect(run.code == 0)
        #expect(run.errors == "")
        #expect(run.output.hasPrefix("No violations. Checked "))
        // The chart's templates are no YAML: they are skipped, and it is said so.
        #expect(run.output.contains(" Helm template"))
    }

    /// Without the parameters of the repository only the digest is missing, which the user sets.
    @Test func withoutConfiguration() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(at: Self.root.appendingPathComponent("deploy"), to: folder.url.appendingPathComponent("deploy"))
        let run = try LintelRun(["check", "--profile", "all", "--format", "compact", "deploy/"], in: folder.url)
        let lines = run.output.split(separator: "\n")
        #expect(lines.count == 1)
        #expect(lines.first?.contains("[LT-IMG-002]") == true)
    }

    /// The alerts ask for metrics that the server has.
    @Test func alertsNameMetrics() throws {
        let rules = try String(
            contentsOf: Self.root.appendingPathComponent("deploy/kustomize/components/monitoring/prometheusrule.yaml"), encoding: .utf8)
        let names = Set(rules.matches(of: #/\blintel_[a-z_]+/#).map { String($0.output) })
        #expect(names.count >= 5)
        let folder = Self.root.appendingPathComponent("Sources/Webhook/Metrics")
        let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        let code = try files.map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        for name in names {
            let base = name.hasSuffix("_bucket") ? String(name.dropLast(7)) : name
            #expect(code.contains("\"\(base)\""), "\(name)")
        }
    }
}
