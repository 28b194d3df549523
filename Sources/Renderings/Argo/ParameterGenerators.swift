import Diagnostics
import Documents
import GoTemplate
import Helm
import Inputs

/// The generators of an ApplicationSet that can be read off a repository: list, git directories and files, and matrix and
/// merge of them. Those that ask clusters or services are not known.
struct ParameterGenerators {
    private let context: DeployerContext
    private let file: String
    private let usesGoTemplate: Bool
    /// Generators of which nothing is known.
    private(set) var unknown: [(what: String, range: SourceRange?)] = []

    private static let deepest = 4
    private static let mostFiles = 20_000

    init(_ context: DeployerContext, file: String, usesGoTemplate: Bool) {
        (self.context, self.file, self.usesGoTemplate) = (context, file, usesGoTemplate)
    }

    mutating func sets(of generator: PlacedNode, depth: Int = 0) -> [ParameterSet] {
        guard depth <= Self.deepest, let (kind, node) = generator.members.first(where: { $0.key != "selector" }) else {
            return []
        }
        switch kind {
        case "list": return list(node)
        case "git": return git(node)
        case "matrix": return matrix(node, depth)
        case "merge": return merge(node, depth)
        case "clusters":
            var set = ParameterSet()
            set.isUnknown = true
            add(node["values"], named: "values", to: &set)
            return [set]
        default:
            unknown.append((kind, node.range))
            return []
        }
    }

    private func list(_ node: PlacedNode) -> [ParameterSet] {
        var items = node["elements"]?.items ?? []
        if let text = node["elementsYaml"]?.text,
            let document = YAMLReader().read(SourceFile(path: file, bytes: Array(text.utf8))).documents.first
        {
            items += PlacedNode(document).items
        }
        return items.filter { $0.value.kind == .object }.map { set(of: $0) }
    }

    /// The parameters of a mapping.
    private func set(of node: PlacedNode) -> ParameterSet {
        var set = ParameterSet()
        Self.flatten(node, "", into: &set.flat)
        set.tree = PlacedValues(ChartSources(isOn: false)).map(node.value, at: node.span, in: node.document) ?? GoMap()
        return set
    }

    private func add(_ node: PlacedNode?, named name: String, to set: inout ParameterSet) {
        guard let node else { return }
        Self.flatten(node, name, into: &set.flat)
        if let map = PlacedValues(ChartSources(isOn: false)).map(node.value, at: node.span, in: node.document) {
            set.tree[name] = .map(map)
        }
    }

    private static func flatten(_ node: PlacedNode, _ prefix: String, into flat: inout [String: String]) {
        if node.value.kind == .object {
            for (key, inner) in node.members { flatten(inner, prefix.isEmpty ? key : "\(prefix).\(key)", into: &flat) }
        } else if node.value.kind == .array {
            for (index, inner) in node.items.enumerated() { flatten(inner, "\(prefix).\(index)", into: &flat) }
        } else if let text = node.scalarText {
            flat[prefix] = text
        }
    }

    // MARK: Git

    private mutating func git(_ node: PlacedNode) -> [ParameterSet] {
        let place = context.repository.place(of: ".", in: node["repoURL"]?.text, near: nil, needsManifests: false)
        guard case .here(let root) = place else {
            unknown.append(("git", node["repoURL"]?.range ?? node.range))
            return []
        }
        let prefix = node["pathParamPrefix"]?.text
        var sets: [ParameterSet] = []
        if let entries = node["directories"]?.items {
            for path in Self.chosen(Self.paths(below: root).folders, entries) {
                sets.append(pathSet(path, fileName: nil, prefix))
            }
        }
        if let entries = node["files"]?.items {
            for path in Self.chosen(Self.paths(below: root).files, entries) {
                let shown = FilePath.join(context.shown(root), path)
                guard let bytes = try? FileSystem.read(FilePath.join(root, path), limit: 4 << 20) else { continue }
                let (folder, name) = (FilePath.folder(of: path), String(FilePath.name(of: path)))
                for document in YAMLReader().read(SourceFile(path: shown, bytes: bytes)).documents {
                    let node = PlacedNode(document)
                    for item in node.value.kind == .array ? node.items : [node] where item.value.kind == .object {
                        sets.append(set(of: item).joined(with: pathSet(folder, fileName: name, prefix)))
                    }
                }
            }
        }
        if let values = node["values"] {
            for index in sets.indices {
                let writer = TemplateText(sets[index], usesGoTemplate: usesGoTemplate, functions: context.settings.functions())
                var builder = DocumentBuilder()
                builder.add("values", values)
                guard let made = try? builder.document(at: values).rewritten(writer.text) else { continue }
                add(PlacedNode(made)["values"], named: "values", to: &sets[index])
            }
        }
        return sets
    }

    /// The paths that entries with `path` choose, without those that entries with `exclude` do.
    private static func chosen(_ paths: [String], _ entries: [PlacedNode]) -> [String] {
        func globs(_ isExcluding: Bool) -> [PathGlob] {
            entries.filter { ($0["exclude"]?.isTrue ?? false) == isExcluding }.compactMap { $0["path"]?.text }.map {
                PathGlob("/" + $0.drop { $0 == "/" })
            }
        }
        let (wanted, unwanted) = (globs(false), globs(true))
        return paths.filter { path in
            wanted.contains { $0.matches(path) } && !unwanted.contains { $0.matches(path) }
        }
    }

    /// The folders and files of a repository, hidden ones left out, relative to its root and sorted.
    private static func paths(below root: String) -> (folders: [String], files: [String]) {
        var (folders, files): ([String], [String]) = ([], [])
        var rest = [""]
        while let folder = rest.popLast(), files.count + folders.count < mostFiles {
            for name in (try? FileSystem.names(in: FilePath.join(root, folder.isEmpty ? "." : folder))) ?? [] {
                if name.hasPrefix(".") { continue }
                let path = folder.isEmpty ? name : folder + "/" + name
                guard let kind = try? FileSystem.status(of: FilePath.join(root, path), followingLinks: false).kind else {
                    continue
                }
                if kind == .folder {
                    folders.append(path)
                    rest.append(path)
                } else if kind == .file {
                    files.append(path)
                }
            }
        }
        return (folders.sorted(), files.sorted())
    }

    private func pathSet(_ path: String, fileName: String?, _ prefix: String?) -> ParameterSet {
        let base = String(FilePath.name(of: path))
        let segments = path.split(separator: "/").map(String.init)
        var set = ParameterSet()
        var members: [(String, GoValue)] = [
            ("path", .string(path)), ("basename", .string(base)), ("basenameNormalized", .string(Self.normalized(base))),
            ("segments", .strings(segments)),
        ]
        if let fileName {
            members.append(("filename", .string(fileName)))
            members.append(("filenameNormalized", .string(Self.normalized(fileName))))
        }
        let head = prefix.map { "\($0)." } ?? ""
        set.flat["\(head)path"] = path
        for (name, value) in members where name != "path" && name != "segments" {
            set.flat["\(head)path.\(name)"] = value.asString
        }
        for (index, segment) in segments.enumerated() { set.flat["\(head)path[\(index)]"] = segment }
        let place = GoValue.map(GoMap(members.map { ($0.0, $0.1) }))
        if let prefix { set.tree[prefix] = .map(GoMap([("path", place)])) } else { set.tree["path"] = place }
        return set
    }

    /// A text as a DNS name, as Argo CD makes it.
    static func normalized(_ text: String) -> String {
        let allowed = text.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "." || $0 == "-" ? $0 : "-" }
        var name = String(allowed.prefix(253))
        while let first = name.first, first == "-" || first == "." { name.removeFirst() }
        while let last = name.last, last == "-" || last == "." { name.removeLast() }
        return name
    }

    // MARK: Combinations

    /// Each set of the first generator with each of the second, which may use the parameters of the first.
    private mutating func matrix(_ node: PlacedNode, _ depth: Int) -> [ParameterSet] {
        let generators = node["generators"]?.items ?? []
        guard let first = generators.first else { return [] }
        var sets = self.sets(of: first, depth: depth + 1)
        for generator in generators.dropFirst() {
            var joined: [ParameterSet] = []
            for set in sets {
                let writer = TemplateText(set, usesGoTemplate: usesGoTemplate, functions: context.settings.functions())
                var builder = DocumentBuilder()
                for (key, inner) in generator.members { builder.add(key, inner) }
                let filled = (try? builder.document(at: generator).rewritten(writer.text)).map { PlacedNode($0) } ?? generator
                joined += self.sets(of: filled, depth: depth + 1).map { set.joined(with: $0) }
                if joined.count > 10_000 { return joined }
            }
            sets = joined
        }
        return sets
    }

    /// The sets of the first generator, with what others say about those with the same keys.
    private mutating func merge(_ node: PlacedNode, _ depth: Int) -> [ParameterSet] {
        let keys = node["mergeKeys"]?.items.compactMap(\.text) ?? []
        let generators = node["generators"]?.items ?? []
        guard let first = generators.first else { return [] }
        var sets = self.sets(of: first, depth: depth + 1)
        for generator in generators.dropFirst() {
            for other in self.sets(of: generator, depth: depth + 1) {
                for index in sets.indices where keys.allSatisfy({ sets[index].flat[$0] == other.flat[$0] }) {
                    sets[index] = sets[index].joined(with: other)
                }
            }
        }
        return sets
    }
}
