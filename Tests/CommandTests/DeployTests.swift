import Diagnostics
import Documents
import Foundation
import Testing

/// The manifests that install the webhook obey every policy of the library.
@Suite struct DeployTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../..").standardizedFileURL

    /// The certificates of the self-managed overlay are made by its user and ignored by git: it is built without them.
    @Test func isClean() throws {
        let run = try LintelRun(["check", "--profile", "all", "--namespace", "lintel-system", "deploy/"], in: Self.root)
        #expect(run.code == 0, "\(run.output)")
        #expect(run.errors.contains("certs/tls.crt' is not here"))
        #expect(!run.errors.contains("error:"))
        // The token that the component cluster-objects mounts is accepted there.
        #expect(run.output.hasPrefix("No violations, 1 suppressed. Checked "), "\(run.output)")
        // The chart is rendered, so that none of its templates is skipped.
        #expect(!run.output.contains(" Helm template"))
    }

    /// Without the parameters of the repository only the digest is missing, which the user sets.
    @Test func withoutConfiguration() throws {
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: Self.root.appendingPathComponent("deploy"), to: folder.url.appendingPathComponent("deploy"))
        let run = try LintelRun(
            ["check", "--profile", "all", "--namespace", "lintel-system", "--format", "compact", "deploy/"], in: folder.url)
        let lines = run.output.split(separator: "\n")
        // Once in the kustomize base, once in the values of the chart.
        #expect(lines.count == 2)
        #expect(lines.allSatisfy { $0.contains("[LT-IMG-002]") })
        #expect(lines.contains { $0.contains("values.yaml:3:15:") })
    }

    /// The role that lists and watches has the rights that the default policies take, but for Secrets; in the chart as well.
    @Test func clusterObjects() throws {
        func rules(_ text: String) throws -> Set<String> {
            let body = try #require(text.split(separator: "\nrules:\n").dropFirst().first).split(separator: "\n---\n")[0]
            let stream = YAMLReader().read(SourceFile(path: "rules.yaml", bytes: Array(body.utf8)))
            return Set(try #require(stream.documents.first).root.elements.map { JSONWriter.string($0) })
        }
        let folder = try TemporaryFolder()
        let wanted = try rules(try LintelRun(["rbac"], in: folder.url).output.replacing("  - secrets\n", with: ""))
        #expect(wanted.count > 15)
        let component = Self.root.appendingPathComponent("deploy/kustomize/components/cluster-objects/clusterrole.yaml")
        #expect(try rules(String(contentsOf: component, encoding: .utf8)) == wanted)
        let chart = ["template", "deploy/helm/lintel", "--set", "clusterObjects.enabled=true"]
        let role = try LintelRun(chart + ["--show-only", "templates/clusterrole.yaml"], in: Self.root)
        #expect(try rules(role.output) == wanted, "\(role.errors)")
        let all = try LintelRun(chart, in: Self.root).output
        for part in ["--cluster-objects", "automountServiceAccountToken: true", "port: 6443"] { #expect(all.contains(part)) }
        let run = try LintelRun(
            ["check", "deploy/helm/lintel", "--set", "clusterObjects.enabled=true", "--namespace", "lintel-system"], in: Self.root
        )
        #expect(run.code == 0, "\(run.output)")
    }

    /// The alerts ask for metrics that the server has.
    @Test func alertsNameMetrics() throws {
        let rules = try String(
            contentsOf: Self.root.appendingPathComponent("deploy/kustomize/components/monitoring/prometheusrule.yaml"),
            encoding: .utf8)
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
