/// What a file is to the Helm chart that it belongs to.
package enum ChartPlace: Equatable {
    /// The `Chart.yaml` of a chart that stands on its own, in a folder.
    case chart(folder: String)
    /// The `Chart.yaml` of a chart inside of another one.
    case innerChart
    /// A file in a chart's `templates` folder.
    case template

    /// nil for a file of no chart, and for a chart's other files.
    package init?(path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        func isChart(_ folder: ArraySlice<Substring>) -> Bool {
            let file = (folder + ["Chart.yaml"]).joined(separator: "/")
            return (try? FileSystem.status(of: file)) != nil
        }
        if let templates = parts.dropLast().lastIndex(of: "templates"), isChart(parts[..<templates]) {
            self = .template
        } else if parts.last == "Chart.yaml" {
            let folder = parts.dropLast()
            let outer = folder.dropLast(2)
            let isInner = folder.count >= 2 && folder[folder.count - 2] == "charts" && isChart(outer)
            self = isInner ? .innerChart : .chart(folder: folder.isEmpty ? "." : folder.joined(separator: "/"))
        } else {
            return nil
        }
    }
}
