import Diagnostics
import Documents
import Inputs

extension ConfigurationReader {
    /// What a file in a folder below the configuration of the run may say: it is about the files of its folder.
    static let localKeys = ["extends", "profile", "skip", "severity", "parameters", "exceptions", "overrides", "exclude"]
    /// What is about runs from the folder of the file alone, and means nothing to one from above.
    private static let buildKeys: Set = [
        "charts", "values", "repositories", "schemas", "existing", "workloads", "include", "policies",
    ]
    static let overrideKeys = ["paths", "profile", "skip", "severity", "parameters"]
    /// More files than these cannot extend each other.
    private static let mostBases = 10

    /// Reads `extends`: files, relative to the folder of this one, and profiles by name. Later ones win.
    mutating func readBases(_ value: Value, _ path: [DocumentPath.Step], _ readers: [String]) {
        let items = value.kind == .array ? Array(value.elements) : [value]
        for (index, item) in items.enumerated() {
            let place = value.kind == .array ? path + [.index(index)] : path
            guard let text = item.stringValue, !text.isEmpty else {
                report("extends names files or profiles", at: place)
                continue
            }
            if PolicySelection.profiles.contains(text) {
                configuration.profiles = [text]
                configuration.places[Setting.profile] = range(at: place)
                continue
            }
            readBase(text, place, readers)
        }
    }

    private mutating func readBase(_ text: String, _ place: [DocumentPath.Step], _ readers: [String]) {
        if !readsFiles { return report("\(text): no file is read here, so its settings are missing", at: place) }
        let own = configuration.path ?? ""
        let folder = FilePath.folder(of: own)
        let file = text.hasPrefix("/") || folder.isEmpty ? text : FilePath.normalized(FilePath.join(folder, text))
        let chain = readers + [FileSystem.plainAbsolute(own)]
        if chain.contains(FileSystem.plainAbsolute(file)) {
            return report("\(text) extends this file, which extends it", at: place)
        }
        if chain.count > Self.mostBases { return report("more than \(Self.mostBases) files extend each other", at: place) }
        guard (try? FileSystem.status(of: file))?.kind == .file else {
            let known = Suggestion.text(for: text, among: PolicySelection.profiles)
            return report("there is no file \(file)\(known.isEmpty ? ", and no profile \"\(text)\"" : known)", at: place)
        }
        let result = Self.read(file, policies: policies, extending: configuration, readers: chain)
        problems += result.problems
        configuration = result.configuration
        configuration.becomeBase(of: own, document)
    }

    /// Says that a key of a file in a folder has no effect: it is meant for runs from that folder.
    mutating func leaveOut(_ name: String, _ path: [DocumentPath.Step]) {
        let place = document.place(at: DocumentPath(path))
        problems.append(
            Diagnostic(
                code: "configuration_scope", severity: Self.buildKeys.contains(name) ? .note : .warning,
                message: "\(name) holds for runs from the folder of this file: it has no effect here",
                range: document.range(place.keySpan ?? place.span)))
    }

    /// Reads `overrides`.
    mutating func readOverrides(_ value: Value, _ path: [DocumentPath.Step]) {
        guard value.kind == .array else { return report("overrides is a list of settings with their paths", at: path) }
        for (index, item) in value.elements.enumerated() {
            let place = path + [.index(index)]
            guard item.kind == .object else {
                report("paths and the settings for them are expected", at: place)
                continue
            }
            let whole = configuration
            configuration = Configuration(path: whole.path ?? "", document: document)
            var paths: [FolderGlob] = []
            for (index, key) in item.keys.enumerated() {
                let name = key.string, member = place + [.key(name)]
                if name == "paths" {
                    paths = readGlobs(item.values[index], member)
                } else if Self.overrideKeys.contains(name) {
                    read(name, item.values[index], member)
                } else {
                    reportUnknown(name, among: Self.overrideKeys, at: member)
                }
            }
            let own = configuration
            configuration = whole
            if paths.isEmpty { report("an override names its paths, such as paths: [\"apps/legacy/**\"]", at: place) }
            configuration.overrides.append(
                Configuration.Override(paths: paths, configuration: own, range: range(at: place)))
        }
    }

    /// Reads patterns for files.
    mutating func readGlobs(_ value: Value, _ path: [DocumentPath.Step]) -> [FolderGlob] {
        let items = value.kind == .array ? Array(value.elements) : [value]
        let folder = FilePath.folder(of: configuration.path ?? "")
        return items.enumerated().compactMap { index, item in
            guard let text = item.stringValue, !text.isEmpty else {
                report("a pattern for paths is expected", at: value.kind == .array ? path + [.index(index)] : path)
                return nil
            }
            return FolderGlob(text, in: folder)
        }
    }

    /// Notes where the settings of a key are written.
    mutating func note(_ name: String, _ value: Value, _ path: [DocumentPath.Step]) {
        switch name {
        case "severity", "parameters", "skip":
            let count = value.isCollection ? value.count : 0
            for index in 0..<count {
                let key = value.kind == .object ? value.keys[index] : value.elements[index]
                guard let text = key.stringValue, let policy = policies.first(where: { $0.answers(to: text) }) else { continue }
                let step: DocumentPath.Step = value.kind == .object ? .key(text) : .index(index)
                configuration.places[Setting.of(name, policy.id)] = range(at: path + [step])
            }
        default: configuration.places[name] = range(at: path)
        }
    }
}

/// Names of settings, for where they are written.
package enum Setting {
    package static let profile = "profile"

    /// A setting about a policy.
    package static func of(_ key: String, _ policy: String) -> String { key + "/" + policy }
}
