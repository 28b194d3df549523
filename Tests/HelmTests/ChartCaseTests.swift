import Foundation
import Helm
import TestSupport
import Testing

/// Whole charts, small and real ones, against the text that Helm prints.
@Suite struct ChartCaseTests {
    struct Run: Sendable, CustomTestStringConvertible {
        var name: String
        var chart: String
        var arguments: [String]
        var folder: String
        var expected: String?
        var testDescription: String { name }
    }

    static let tiny: [Run] = ConformanceData.files(below: "rendering/helm/tiny", suffix: "/case.json").flatMap {
        file -> [Run] in
        let item = ChartFixture.json(file)
        let folder = file.deletingLastPathComponent().path
        return (item["cases"] as? [[String: Any]] ?? []).map { run in
            Run(
                name: "\(item["name"] ?? "").\(run["case"] ?? "")", chart: folder + "/chart",
                arguments: run["args"] as? [String] ?? [], folder: folder, expected: run["expected"] as? String)
        }
    }

    static let real: [Run] = ConformanceData.files(below: "rendering/helm/charts", suffix: "/case.json").flatMap {
        file -> [Run] in
        let item = ChartFixture.json(file)
        let folder = file.deletingLastPathComponent().path
        return (item["cases"] as? [[String: Any]] ?? []).compactMap { run in
            guard run["deterministic"] as? Bool ?? true, run["error"] == nil, let expected = run["expected"] as? String
            else { return nil }
            let values = (run["values"] as? String).map { $0.isEmpty ? [] : ["-f", $0] } ?? []
            return Run(
                name: "\(item["name"] ?? "").\(run["case"] ?? "")", chart: folder + "/chart",
                arguments: (run["flags"] as? [String] ?? []) + values, folder: folder,
                expected: try? String(contentsOfFile: folder + "/" + expected, encoding: .utf8))
        }
    }

    @Test(.enabled(if: !tiny.isEmpty, "the conformance data is not there"), arguments: tiny)
    func rendersSmallCharts(run: Run) throws { try compare(run) }

    @Test(.enabled(if: !real.isEmpty, "the conformance data is not there"), arguments: real)
    func rendersRealCharts(run: Run) throws { try compare(run) }

    private func compare(_ run: Run) throws {
        guard let call = Arguments(run.arguments, folder: run.folder) else { return }
        let files = try ChartFolder.files(at: run.chart)
        switch ChartFixture.render(files, call.values, call.settings) {
        case .failure(let problem): #expect(run.expected == nil, "\(problem.message)")
        case .success(let release):
            if run.expected == nil, !call.showOnly.isEmpty {
                #expect(throws: HelmProblem.self) { try release.text(only: call.showOnly) }
                return
            }
            let expected = try #require(run.expected, "no failure")
            if call.showOnly.isEmpty {
                #expect(
                    String(decoding: release.text(hooks: call.hooks, skipsTests: call.skipsTests), as: UTF8.self)
                        == expected)
            } else {
                let text = try release.text(only: call.showOnly, hooks: call.hooks, skipsTests: call.skipsTests)
                #expect(String(decoding: text, as: UTF8.self) == expected)
            }
        }
    }
}

/// The flags that the cases use; nil for a case that needs others.
struct Arguments {
    var values = ValueOptions()
    var settings = ChartFixture.settings
    var showOnly: [String] = []
    var hooks = true
    var skipsTests = false

    init?(_ arguments: [String], folder: String) {
        var rest = arguments[...]
        while let name = rest.popFirst() {
            let flags = [
                "--include-crds", "--skip-crds", "--no-hooks", "--skip-tests", "--is-upgrade",
                "--skip-schema-validation",
            ]
            if flags.contains(name) {
                settings.includesCRDs = settings.includesCRDs || name == "--include-crds"
                hooks = hooks && name != "--no-hooks"
                skipsTests = skipsTests || name == "--skip-tests"
                settings.isUpgrade = settings.isUpgrade || name == "--is-upgrade"
                settings.skipsSchema = settings.skipsSchema || name == "--skip-schema-validation"
                continue
            }
            guard let value = rest.popFirst() else { return nil }
            let list = value.split(separator: ",").map(String.init)
            switch name {
            case "-f", "--values": values.files += list.map { folder + "/" + $0 }
            case "--set": values.set.append(value)
            case "--set-string": values.setString.append(value)
            case "--set-json": values.setJSON.append(value)
            case "--set-literal": values.setLiteral.append(value)
            case "--kube-version": guard (try? settings.capabilities.setKubeVersion(value)) != nil else { return nil }
            case "-a", "--api-versions": settings.capabilities.apiVersions += list
            case "-s", "--show-only": showOnly += list
            default: return nil
            }
        }
    }
}
