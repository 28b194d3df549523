import Foundation
import TestSupport
import Testing

/// The repositories of `examples/gitops`: which mistakes are found, and at which lines.
@Suite struct GitOpsExamplesTests {
    /// A copy that is in no repository with a configuration of its own.
    private static func copy(_ name: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let example = HardenedExamplesTests.examples.appendingPathComponent("gitops/\(name)")
        let files = try #require(FileManager.default.enumerator(atPath: example.path))
        for case let path as String in files where path.hasSuffix(".yaml") {
            try folder.write(Data(contentsOf: example.appendingPathComponent(path)), to: path)
        }
        return folder
    }

    /// The results of a SARIF report; its rules are those of the library.
    private static func results(_ run: LintelRun) throws -> [[String: Any]] {
        let root = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
        return try #require((root["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]])
    }

    @Test(arguments: ["components", "applicationset", "helmrelease"])
    func text(_ name: String) throws {
        let folder = try Self.copy(name)
        let run = try LintelRun(["check", "."], in: folder.url)
        #expect(run.code == 1 && run.errors == "", "\(run.errors)")
        #expect(Snapshot.difference(run.stableOutput, "gitops-\(name).text") == nil)
        let again = try LintelRun(["check", ".", "--jobs", "1"], in: folder.url)
        #expect(again.stableOutput == run.stableOutput)
    }

    /// Reports for code hosting lead to the template that a value went through, and to what applies it.
    @Test(arguments: ["components", "applicationset", "helmrelease"])
    func sarif(_ name: String) throws {
        let folder = try Self.copy(name)
        let run = try LintelRun(["check", ".", "--format", "sarif"], in: folder.url)
        #expect(run.code == 1 && run.errors == "", "\(run.errors)")
        let results = try Self.results(run)
        let text = try JSONSerialization.data(
            withJSONObject: results, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
        #expect(Snapshot.difference(String(decoding: text, as: UTF8.self) + "\n", "gitops-\(name).sarif") == nil)
        if name != "applicationset" { return }
        let counts = results.map { ($0["relatedLocations"] as? [Any])?.count ?? 0 }
        #expect(counts.allSatisfy { $0 >= 2 }, "\(counts)")
    }

    /// Each finding is told once, at a line that its reader can change.
    @Test(arguments: [
        (
            "components",
            [
                "base/shop.yaml:39:26 LT-POD-067", "overlays/staging/kustomization.yaml:11:11 LT-IMG-001",
                "parts/debug/debug.yaml:12:23 LT-POD-001", "parts/debug/debug.yaml:13:37 LT-POD-066",
            ]
        ),
        (
            "applicationset",
            [
                "charts/platform/charts/cache/templates/deployment.yaml:15:20 LT-POD-015",
                "charts/platform/charts/cache/templates/deployment.yaml:23:39 LT-POD-016",
                "values/platform-production.yaml:5:17 LT-POD-001", "values/platform-production.yaml:6:31 LT-POD-066",
                "values/web-staging.yaml:1:8 LT-IMG-001", "values/web-staging.yaml:3:29 LT-POD-066",
            ]
        ),
        (
            "helmrelease",
            [
                "apps/base/queue.yaml:12:12 LT-IMG-001", "apps/production/queue.yaml:8:31 LT-POD-066",
                "clusters/production/apps.yaml:6:1 LT-FLUX-002",
            ]
        ),
    ])
    func places(_ name: String, _ expected: [String]) throws {
        let folder = try Self.copy(name)
        let run = try LintelRun(["check", ".", "--format", "compact"], in: folder.url)
        let lines = run.output.split(separator: "\n").map { line in
            let place = line.prefix { $0 != " " }.dropLast()
            let policy = line.dropLast().split(separator: "[").last ?? ""
            return "\(place) \(policy)"
        }
        #expect(lines == expected)
    }
}
