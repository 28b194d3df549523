import Diagnostics
import Documents

/// What all folders of one build share: files read, limits, counters.
final class BuildContext {
    let options: BuildOptions
    let files: any FileAccess
    let sources = BuildSources()
    let schema = SchemaChoice()
    /// Folders loaded so far; a build that meets the same base again and again ends here.
    var folders = 0
    /// Objects made so far.
    var objects = 0
    /// Sentences about deprecated fields, in kustomize's order.
    var warnings: [Diagnostic] = []
    /// What is told of parts that are left out, each once.
    private(set) var leftOut: [Diagnostic] = []
    /// Files of the build by resolved path, so that a base used twice is read once.
    private var known: [String: (number: UInt32, file: SourceFile)] = [:]
    /// Files of charts, as they are shown.
    var chartFiles: [String] = []
    /// The documents of files that were asked for: nothing after the first time, when the caller took them.
    private var trees: [String: [Node]?] = [:]

    let map: SourceMap

    init(_ options: BuildOptions, files: any FileAccess, map: SourceMap) {
        self.options = options
        self.files = files
        self.map = map
    }

    /// The files that the kustomizations named; absolute, links followed.
    var readFiles: Set<String> {
        Set(known.keys).union(chartFiles.map { SlashPath.join(options.workingFolder, $0) })
    }

    /// A source of the build's numbering.
    func add(_ bytes: [UInt8], named shown: String, at node: Node?) throws(BuildError) -> (
        number: UInt32, file: SourceFile
    ) {
        do throws(SourceMap.Exhausted) {
            let file = try map.source(path: shown, bytes: bytes)
            return (sources.add(file), file)
        } catch {
            throw .limit(error.diagnostic.message, at: node?.origin)
        }
    }

    /// The file at an absolute, resolved path; nil when there is none.
    func source(_ path: String, named shown: String, at node: Node?) throws(BuildError) -> (
        number: UInt32, file: SourceFile
    )? {
        if let known = known[path] { return known }
        let bytes: [UInt8]?
        do throws(FileProblem) {
            bytes = try files.read(path, limit: options.limits.size)
        } catch {
            switch error {
            case .tooLarge(let size):
                throw .limit(
                    "'\(shown)' has \(size) bytes, more than the limit of \(options.limits.size)", at: node?.origin)
            case .unreadable(let reason): throw BuildError("'\(shown)' cannot be read: \(reason)", at: node)
            }
        }
        guard let bytes else { return nil }
        if sources.size + bytes.count > options.largestBuild {
            throw .limit("the files of the build have more than \(options.largestBuild) bytes", at: node?.origin)
        }
        let entry = try add(bytes, named: shown, at: node)
        known[path] = entry
        return entry
    }

    /// The documents of a file as trees of the caller's own.
    func trees(_ path: String, _ source: (number: UInt32, file: SourceFile)) throws(BuildError) -> [Node] {
        let known = trees[path]
        if let known, let kept = known { return kept.map { $0.copy() } }
        let read = try TreeReader.documents(of: source.file.bytes, number: source.number, limits: options.limits)
        // Few files are read twice, and a copy takes as long as another look: only what is asked for again is kept.
        let isFirst = known == nil
        trees[path] = .some(isFirst ? nil : read)
        return isFirst ? read : read.map { $0.copy() }
    }

    /// - Throws: a limit when the caller wants the build to end.
    func checkCancelled(at node: Node? = nil) throws(BuildError) {
        if options.isCancelled() { throw .limit("the build takes too long", at: node?.origin) }
    }

    /// Leaves a part out that is elsewhere.
    /// - Throws: the error when it is another one, or when nothing is left out.
    func leaveOut(_ error: BuildError) throws(BuildError) {
        guard options.leavesForeignOut, error.isForeign else { throw error }
        let problem = error.diagnostic(in: sources)
        if !leftOut.contains(where: { $0.message == problem.message && $0.range == problem.range }) { leftOut.append(problem) }
    }

    /// Goes on where something names an object that may be in a part that was left out.
    /// - Throws: the error when it is another one, or when nothing was left out.
    func passOver(_ error: BuildError) throws(BuildError) {
        if !error.isUnmatched || leftOut.isEmpty { throw error }
    }

    /// Counts an object against the limit.
    func countObject(at node: Node) throws(BuildError) {
        objects += 1
        if objects > options.largestObjectCount {
            throw .limit("the build makes more than \(options.largestObjectCount) objects", at: node.origin)
        }
    }
}

/// A folder with a kustomization, and what it may read.
final class Loader {
    /// Absolute, links followed.
    let root: String
    private let parent: Loader?
    private let depth: Int
    let context: BuildContext

    private init(root: String, parent: Loader?, context: BuildContext) {
        self.root = root
        self.parent = parent
        self.context = context
        depth = (parent?.depth ?? 0) + 1
    }

    /// The loader of the folder that is built.
    static func top(_ path: String, _ context: BuildContext) throws(BuildError) -> Loader {
        guard let found = context.files.resolve(path) else {
            throw BuildError(
                "must build at directory: not a valid directory: evalsymlink failure on '\(path)' : lstat \(path): no such file or directory",
                hint: "name a folder with a kustomization.yaml")
        }
        if !found.isFolder {
            throw BuildError(
                "must build at directory: '\(found.path)': file is not directory",
                hint: "name a folder with a kustomization.yaml or a chart; a manifest is what it is, and lintel check reads it")
        }
        return Loader(root: found.path, parent: nil, context: context)
    }

    /// The path as messages show it.
    func shown(_ path: String) -> String { SlashPath.relative(path, to: context.options.workingFolder) }

    /// The loader of another folder that this one names.
    func folder(_ node: Node) throws(BuildError) -> Loader {
        let path = node.valueText
        if path.isEmpty { throw BuildError("new root cannot be empty", at: node) }
        let target = SlashPath.join(root, path)
        guard let found = context.files.resolve(target) else {
            if RemotePath.isRemote(path) { throw RemotePath.refusal(path, at: node) }
            throw BuildError(
                "must build at directory: not a valid directory: evalsymlink failure on '\(target)' : lstat \(target): no such file or directory",
                at: node)
        }
        if path.utf8.first == UInt8(ascii: "/") { throw BuildError("new root '\(path)' cannot be absolute", at: node) }
        if !found.isFolder {
            throw BuildError("must build at directory: '\(found.path)': file is not directory", at: node)
        }
        var ancestor: Loader? = self
        while let loader = ancestor {
            if SlashPath.contains(found.path, loader.root) {
                var error = BuildError(
                    "cycle detected: candidate root '\(found.path)' contains visited root '\(loader.root)'", at: node)
                error.hint = "a kustomization may not use a folder that it is in, nor one that leads back to it"
                throw error
            }
            ancestor = loader.parent
        }
        if depth >= context.options.deepestInclude {
            throw .limit(
                "kustomizations include each other deeper than \(context.options.deepestInclude)", at: node.origin)
        }
        context.folders += 1
        if context.folders > context.options.largestFolderCount {
            throw .limit("the build uses more than \(context.options.largestFolderCount) folders", at: node.origin)
        }
        return Loader(root: found.path, parent: self, context: context)
    }

    /// A file by a path that a kustomization names.
    func file(_ path: String, at node: Node?) throws(BuildError) -> (path: String, number: UInt32, file: SourceFile) {
        if RemotePath.isURL(path) { throw RemotePath.refusal(path, at: node) }
        let target = SlashPath.join(root, path)
        guard let found = context.files.resolve(target) else {
            if RemotePath.isRemote(path) { throw RemotePath.refusal(path, at: node) }
            throw BuildError(
                "evalsymlink failure on '\(target)' : lstat \(target): no such file or directory", at: node,
                hint: "the path is relative to the folder of the kustomization")
        }
        if found.isFolder { throw BuildError("'\(found.path)' must resolve to a file", at: node) }
        if context.options.restrictsToRoot, !SlashPath.contains(root, found.path) {
            throw BuildError(
                "security; file '\(found.path)' is not in or below '\(root)'", at: node,
                hint: "move the file, or allow it with --load-restrictor LoadRestrictionsNone")
        }
        guard let source = try context.source(found.path, named: shown(found.path), at: node) else {
            throw BuildError("'\(found.path)' must resolve to a file", at: node)
        }
        return (found.path, source.number, source.file)
    }

    /// The documents of a file that a kustomization names.
    func trees(_ path: String, at node: Node?) throws(BuildError) -> [Node] {
        let found = try file(path, at: node)
        return try context.trees(found.path, (found.number, found.file))
    }
}

/// Paths that lead out of the machine; they are never fetched.
enum RemotePath {
    static func isURL(_ path: String) -> Bool { path.hasPrefix("https://") || path.hasPrefix("http://") }

    /// Whether kustomize would take the path as a repository to clone.
    static func isRemote(_ path: String) -> Bool {
        if isURL(path) || path.contains("://") || path.hasPrefix("git@") || path.hasPrefix("git::") { return true }
        let host = path.split(separator: "/", maxSplits: 1).first.map(String.init) ?? ""
        if path.contains("?ref=") || path.contains(".git/") || path.hasSuffix(".git") { return true }
        return ["github.com", "gitlab.com", "bitbucket.org"].contains(host)
    }

    static func refusal(_ path: String, at node: Node?, hint: String? = nil) -> BuildError {
        var error = BuildError(
            "'\(path)' is remote: nothing is fetched", at: node,
            hint: hint ?? "put a copy into this repository and name that, for example with `kustomize localize`")
        (error.isFinal, error.isForeign) = (true, true)
        return error
    }
}
