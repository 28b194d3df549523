import Documents
import Foundation
import GoTemplate
import Helm
import HelmCrypto
import TestSupport

/// Renders charts that are held in memory or stand in the conformance data.
enum ChartFixture {
    static let chartFile = "apiVersion: v2\nname: t\nversion: 0.1.0\n"

    /// The settings of the tests: release `rel` in namespace `ns`, as the conformance data was made.
    static var settings: RenderSettings {
        var settings = RenderSettings()
        (settings.releaseName, settings.namespace) = ("rel", "ns")
        settings.functions = HelmCrypto.table
        settings.now = Moment(seconds: 1_764_000_000, nanoseconds: 0)
        return settings
    }

    static func files(_ texts: [String: String]) -> [ChartFile] {
        texts.map { ChartFile(name: $0.key, bytes: Array($0.value.utf8), path: "t/\($0.key)") }.sorted {
            $0.name < $1.name
        }
    }

    /// What a chart of texts renders to, or the problem's message.
    static func render(
        _ texts: [String: String], values: ValueOptions = ValueOptions(), _ settings: RenderSettings = settings
    ) -> Result<String, Problem> {
        let all = texts["Chart.yaml"] == nil ? texts.merging(["Chart.yaml": chartFile]) { $1 } : texts
        return render(files(all), values, settings).map { String(decoding: $0.text(), as: UTF8.self) }
    }

    static func render(
        _ files: [ChartFile], _ values: ValueOptions, _ settings: RenderSettings = settings, keepsOrigins: Bool = false
    ) -> Result<ChartRelease, Problem> {
        do {
            return .success(
                try ChartThread.run {
                    let sources = ChartSources(isOn: keepsOrigins)
                    var settings = settings
                    settings.values = try values.merged(sources) { try ChartFolder.read($0) }
                    return try ChartRelease(files, settings, sources)
                })
        } catch let problem as HelmProblem {
            return .failure(Problem(message: problem.message, places: problem.places.map(\.text)))
        } catch {
            return .failure(Problem(message: "\(error)", places: []))
        }
    }

    struct Problem: Error {
        var message: String
        var places: [String]
    }

    /// A JSON object of the conformance data.
    static func json(_ file: URL) -> [String: Any] {
        (try? JSONSerialization.jsonObject(with: Data(ConformanceData.bytes(of: file)), options: [.fragmentsAllowed]))
            as? [String: Any] ?? [:]
    }

    static func text(_ value: Any) -> String {
        (try? JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed, .withoutEscapingSlashes])).map {
            String(decoding: $0, as: UTF8.self)
        } ?? ""
    }
}
