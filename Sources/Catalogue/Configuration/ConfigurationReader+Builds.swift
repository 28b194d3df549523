import Documents
import Inputs

/// What the configuration says about charts and about where this repository is.
extension ConfigurationReader {
    /// A path as seen from the folder of the configuration.
    private func located(_ path: String) -> String {
        let folder = configuration.path.map { FilePath.folder(of: $0) } ?? ""
        return path.hasPrefix("/") || folder.isEmpty ? path : FilePath.join(folder, path)
    }

    mutating func readCharts(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else { return report("charts maps names of charts to folders or archives", at: path) }
        for (index, key) in value.keys.enumerated() {
            guard let name = key.stringValue, let place = value.values[index].stringValue, !place.isEmpty else {
                report("the path of the folder or archive of a chart is expected", at: path + [.key(key.string)])
                continue
            }
            configuration.charts[name] = located(place)
        }
    }

    mutating func readValueSets(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .object else {
            return report("values maps paths of charts to sets of values files with a name each", at: path)
        }
        for (index, key) in value.keys.enumerated() {
            let sets = value.values[index], place = path + [.key(key.string)]
            guard sets.kind == .object, sets.count > 0 else {
                report("names of sets, each with a values file or a list of them, are expected", at: place)
                continue
            }
            var read: [(name: String, files: [String])] = []
            for (index, name) in sets.keys.enumerated() {
                let member = sets.values[index]
                let files = member.kind == .array ? Array(member.elements) : [member]
                let names = files.compactMap(\.stringValue).filter { !$0.isEmpty }
                guard names.count == files.count, !names.isEmpty else {
                    report("a values file or a list of them is expected", at: place + [.key(name.string)])
                    continue
                }
                read.append((name.string, names.map(located)))
            }
            configuration.valueSets[located(key.string)] = read
        }
    }

    mutating func readRepositories(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("repositories is a list of URLs", at: path) }
        for (index, element) in value.elements.enumerated() {
            guard let url = element.stringValue, !url.isEmpty else {
                report("the URL of a repository is expected", at: path + [.index(index)])
                continue
            }
            configuration.repositories.append(url)
        }
    }
}
