package import GoTemplate
package import Helm
package import Inputs
import Kustomize

/// Where charts and the files of their values are.
package protocol ChartStore: Sendable {
    /// Whether a chart is at an absolute path.
    func isChart(_ path: String) -> Bool
    /// The files of the chart at an absolute path; `shown` is the path that messages have.
    /// - Throws: `HelmProblem`.
    func chart(at path: String, shown: String) throws -> [ChartFile]
    /// The bytes of a file at an absolute path.
    /// - Throws: `HelmProblem`.
    func file(_ path: String) throws -> [UInt8]
}

/// How far renderings of charts may go.
package struct RenderBounds: Sendable {
    package var limits = TemplateRun.Limits()
    /// Asked now and then whether a rendering must end.
    package var isCancelled: @Sendable () -> Bool = { false }

    package init() {}
}

/// The charts of this machine.
package struct DiskCharts: ChartStore {
    private let disk: DiskFiles

    package init(_ disk: DiskFiles = DiskFiles()) { self.disk = disk }

    package func isChart(_ path: String) -> Bool { ChartBuilder.isChart(path) }

    package func chart(at path: String, shown: String) throws -> [ChartFile] {
        try ChartFolder.files(at: shown).map { file in
            guard let text = disk.text(SlashPath.join(path, file.name)) else { return file }
            return ChartFile(name: file.name, bytes: ChartFolder.trimmed(text), path: file.path)
        }
    }

    package func file(_ path: String) throws -> [UInt8] { try disk.text(path) ?? ChartFolder.read(path) }
}

/// Charts among texts in memory, by absolute path.
struct TextCharts: ChartStore {
    let texts: [String: [UInt8]]

    func isChart(_ path: String) -> Bool { texts[SlashPath.join(path, "Chart.yaml")] != nil }

    func chart(at path: String, shown: String) throws -> [ChartFile] {
        let start = SlashPath.clean(path) + "/"
        return try ChartFolder.files(
            among: texts.filter { $0.key.hasPrefix(start) }.map { path, bytes in
                let name = String(path.dropFirst(start.utf8.count))
                return ChartFile(name: name, bytes: bytes, path: SlashPath.join(shown, name))
            })
    }

    func file(_ path: String) throws -> [UInt8] {
        guard let bytes = texts[SlashPath.clean(path)] else { throw HelmProblem("open \(path): no such file or directory") }
        return bytes
    }
}
