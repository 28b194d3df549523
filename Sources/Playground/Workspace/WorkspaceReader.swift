import Diagnostics
import Documents
import Gatekeeper
import Inputs
import Rego

/// Puts files of a folder, of `--policy` or of an archive into the panes they belong to.
struct WorkspaceReader {
    private(set) var workspace = Workspace()
    private(set) var ignored: [(path: String, reason: String)] = []
    private var room: Int

    /// - Parameter limit: bytes of all files together.
    init(limit: Int) { room = limit }

    // MARK: Folders

    /// Reads a folder with the layout of a workspace, or a chart or repository with kustomizations, whose files are sources
    /// then; links and hidden files are left alone.
    mutating func readFolder(_ root: String) {
        for pane in Workspace.Pane.allCases { readFiles("\(root)/\(pane.rawValue)", as: pane, below: "") }
        workspace.parameters = readOwn(Workspace.parametersName, in: root)
        workspace.configuration = readOwn(Workspace.configurationName, in: root)
        let hasSources = (try? FileSystem.status(of: "\(root)/\(Workspace.Pane.sources.rawValue)")) != nil
        if hasSources || !BuiltFolder.isIn(root, besides: Self.ownFolders) { return }
        workspace.isRepository = true
        readFiles(root, as: .sources, below: "")
    }

    private static let ownFolders = Set(Workspace.Pane.allCases.map(\.rawValue))
    private static let ownFiles: Set = [Workspace.parametersName, Workspace.configurationName]

    /// Whether a path from the folder of a repository is that of another part of the workspace.
    static func isOwn(_ path: String) -> Bool {
        ownFiles.contains(path) || path.firstIndex(of: "/").map { ownFolders.contains(String(path[..<$0])) } ?? false
    }

    private mutating func readOwn(_ name: String, in root: String) -> String {
        let path = "\(root)/\(name)"
        guard let status = try? FileSystem.status(of: path, followingLinks: false), status.kind == .file else { return "" }
        return read(path, shown: name) ?? ""
    }

    private mutating func readFiles(_ folder: String, as pane: Workspace.Pane, below prefix: String) {
        guard let status = try? FileSystem.status(of: folder, followingLinks: false), status.kind == .folder,
            let names = try? FileSystem.names(in: folder)
        else { return }
        let start = workspace.isRepository ? "" : pane.rawValue + "/"
        for name in names where !name.hasPrefix(".") || pane == .sources && name == ".helmignore" {
            let path = "\(folder)/\(name)", relative = prefix + name
            guard let status = try? FileSystem.status(of: path, followingLinks: false) else { continue }
            if workspace.isRepository, Self.isOwn(status.kind == .folder ? relative + "/" : relative) { continue }
            switch status.kind {
            case .folder: readFiles(path, as: pane, below: relative + "/")
            case .file: readFile(path, relative, as: pane, shown: start + relative)
            case .link: ignored.append((start + relative, "links are not followed"))
            case .special: break
            }
        }
    }

    private mutating func readFile(_ path: String, _ relative: String, as pane: Workspace.Pane, shown: String) {
        if let problem = WorkspacePath.problem(relative, in: pane) {
            ignored.append((shown, problem))
        } else if let text = read(path, shown: shown) {
            if pane == .policies, !relative.hasSuffix(".rego"), !Self.isPolicy(text) {
                ignored.append((shown, "it holds no object of Gatekeeper"))
            } else {
                add(text, to: pane, at: relative)
            }
        }
    }

    /// Reads what `--policy` names: Rego files and tests, and data, whose place below `data` is that of their folder.
    mutating func readPolicies(_ argument: String) {
        let root = FilePath.normalized(argument)
        let isFolder = (try? FileSystem.status(of: root))?.kind == .folder
        for file in FileDiscovery(suffixes: ["rego", "yaml", "yml", "json"]).files(at: [argument]).files {
            let relative = isFolder && root != "." ? String(file.path.dropFirst(root.count).drop { $0 == "/" }) : file.path
            let path = isFolder ? relative : String(FilePath.name(of: file.path))
            guard let text = read(file.path, shown: path) else { continue }
            classify(path, text, isPolicyFolder: true)
        }
    }

    private mutating func read(_ path: String, shown: String) -> String? {
        do throws(FileError) {
            let bytes = try FileSystem.read(path, limit: max(0, room))
            return text(bytes, shown: shown)
        } catch {
            ignored.append((shown, error.reason))
            return nil
        }
    }

    private mutating func text(_ bytes: [UInt8], shown: String) -> String? {
        room -= bytes.count
        guard room >= 0 else {
            ignored.append((shown, "the files are too large together"))
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            ignored.append((shown, "it is not UTF-8 text"))
            return nil
        }
        return text
    }

    // MARK: Archives

    /// Adds files of an archive or of a folder that was dropped: those of charts and kustomizations become sources, with all
    /// that stands beside them; the others go where their names and contents belong.
    mutating func add(_ files: [(path: String, bytes: [UInt8])]) {
        let files = files.map { (path: FilePath.normalized($0.path), bytes: $0.bytes) }
        let others = files.filter { !Self.isOwn($0.path) }
        let holdsBuilds = others.contains { BuiltFolder.isMark($0.path) }
        for (path, bytes) in files {
            if holdsBuilds, !Self.isOwn(path) { addSource(path, bytes) } else { add(path, bytes) }
        }
    }

    private mutating func addSource(_ path: String, _ bytes: [UInt8]) {
        if path.hasSuffix(".rego") { return add(path, bytes) }
        if path.hasSuffix(".tgz"), FilePath.name(of: FilePath.folder(of: path)) == "charts" {
            do {
                let limit = max(0, min(room, 8 << 20))
                for file in try PackedChart.files(bytes, limit: limit) {
                    addSource(FilePath.join(FilePath.folder(of: path), file.path), file.bytes)
                }
            } catch {
                ignored.append((path, error.message))
            }
            return
        }
        if FilePath.name(of: path).hasPrefix("."), FilePath.name(of: path) != ".helmignore" {
            return ignored.append((path, "hidden files are left out"))
        }
        if let text = text(bytes, shown: path) { accept(text, .sources, path, path) }
    }

    /// Adds a file of an archive.
    mutating func add(_ path: String, _ bytes: [UInt8]) {
        let path = FilePath.normalized(path)
        guard let text = text(bytes, shown: path) else { return }
        if path == Workspace.parametersName {
            workspace.parameters = text
            return
        }
        if path == Workspace.configurationName {
            workspace.configuration = text
            return
        }
        for pane in Workspace.Pane.allCases where path.hasPrefix(pane.rawValue + "/") {
            let relative = String(path.dropFirst(pane.rawValue.count + 1))
            let isTest = pane == .policies && relative.hasSuffix("_test.rego")
            let isObject = pane == .policies && !relative.hasSuffix(".rego")
            if isTest || isObject && !Self.isPolicy(text) { break }
            if pane.suffixes?.contains(FilePath.suffix(of: relative)) ?? true { return accept(text, pane, relative, path) }
        }
        classify(path, text, isPolicyFolder: false)
    }

    /// Files of other layouts (OPA bundles, repositories of policies) go where their names and contents belong.
    private mutating func classify(_ path: String, _ text: String, isPolicyFolder: Bool) {
        let name = FilePath.name(of: path)
        if name.hasPrefix(".") { return ignored.append((path, "hidden files are left out")) }
        switch FilePath.suffix(of: path) {
        case "rego": accept(text, name.hasSuffix("_test.rego") ? .tests : .policies, path, path)
        case "yaml", "yml", "json":
            if ["data.json", "data.yaml", "data.yml"].contains(name) {
                accept(text, .data, path, path)
            } else if Self.isPolicy(text) {
                accept(text, .policies, path, path)
            } else if isPolicyFolder && !Self.isManifest(path, text) {
                ignored.append((path, "it is neither data.yaml nor a manifest"))
            } else {
                accept(text, .inputs, path, path)
            }
        default: ignored.append((path, "it is neither Rego, YAML nor JSON"))
        }
    }

    /// Whether a text holds a template or a constraint of Gatekeeper.
    static func isPolicy(_ text: String) -> Bool {
        if !GatekeeperPolicies.mayBe(in: Array(text.utf8)) { return false }
        return YAMLReader().read(SourceFile(path: "", text: text)).documents.contains { document in
            let version = document.root.field("apiVersion").stringValue ?? ""
            return ["templates", "constraints", "expansion", "config"].contains { version.hasPrefix("\($0).gatekeeper.sh/") }
        }
    }

    private static func isManifest(_ path: String, _ text: String) -> Bool {
        let stream = YAMLReader().read(SourceFile(path: path, text: text))
        return stream.documents.contains { $0.root.field("kind").kind == .string && $0.root.field("apiVersion").kind == .string }
    }

    private mutating func accept(_ text: String, _ pane: Workspace.Pane, _ relative: String, _ path: String) {
        if let problem = WorkspacePath.problem(relative, in: pane) {
            ignored.append((path, problem))
        } else {
            add(text, to: pane, at: relative)
        }
    }

    private mutating func add(_ text: String, to pane: Workspace.Pane, at path: String) {
        let count = Workspace.Pane.allCases.reduce(0) { $0 + workspace[$1].count }
        if count >= Workspace.maximumFileCount {
            ignored.append(("\(pane.rawValue)/\(path)", "there are more than \(Workspace.maximumFileCount) files"))
        } else if let known = workspace[pane].firstIndex(where: { $0.path == path }) {
            workspace[pane][known].text = text
        } else {
            workspace[pane].append(Workspace.File(path: path, text: text))
        }
    }
}
