import Diagnostics
import Documents
import Inputs

/// Puts files of a folder, of `--policy` or of an archive into the panes they belong to.
struct WorkspaceReader {
    private(set) var workspace = Workspace()
    private(set) var ignored: [(path: String, reason: String)] = []
    private var room: Int

    /// - Parameter limit: bytes of all files together.
    init(limit: Int) { room = limit }

    // MARK: Folders

    /// Reads a folder with the layout of a workspace; links and hidden files are left alone.
    mutating func readFolder(_ root: String) {
        for pane in Workspace.Pane.allCases { readFiles("\(root)/\(pane.rawValue)", as: pane, below: "") }
        let path = "\(root)/\(Workspace.parametersName)"
        if let status = try? FileSystem.status(of: path, followingLinks: false), status.kind == .file,
            let text = read(path, shown: Workspace.parametersName)
        {
            workspace.parameters = text
        }
    }

    private mutating func readFiles(_ folder: String, as pane: Workspace.Pane, below prefix: String) {
        guard let status = try? FileSystem.status(of: folder, followingLinks: false), status.kind == .folder,
            let names = try? FileSystem.names(in: folder)
        else { return }
        for name in names where !name.hasPrefix(".") {
            let path = "\(folder)/\(name)", relative = prefix + name
            guard let status = try? FileSystem.status(of: path, followingLinks: false) else { continue }
            switch status.kind {
            case .folder: readFiles(path, as: pane, below: relative + "/")
            case .file:
                if let problem = WorkspacePath.problem(relative, in: pane) {
                    ignored.append(("\(pane.rawValue)/\(relative)", problem))
                } else if let text = read(path, shown: "\(pane.rawValue)/\(relative)") {
                    add(text, to: pane, at: relative)
                }
            case .link: ignored.append(("\(pane.rawValue)/\(relative)", "links are not followed"))
            case .special: break
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

    /// Adds a file of an archive.
    mutating func add(_ path: String, _ bytes: [UInt8]) {
        let path = FilePath.normalized(path)
        guard let text = text(bytes, shown: path) else { return }
        if path == Workspace.parametersName {
            workspace.parameters = text
            return
        }
        for pane in Workspace.Pane.allCases where path.hasPrefix(pane.rawValue + "/") {
            let relative = String(path.dropFirst(pane.rawValue.count + 1))
            let isTest = pane == .policies && relative.hasSuffix("_test.rego")
            if !isTest, pane.suffixes.contains(FilePath.suffix(of: relative)) { return accept(text, pane, relative, path) }
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
            } else if isPolicyFolder && !Self.isManifest(path, text) {
                ignored.append((path, "it is neither data.yaml nor a manifest"))
            } else {
                accept(text, .inputs, path, path)
            }
        default: ignored.append((path, "it is neither Rego, YAML nor JSON"))
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
