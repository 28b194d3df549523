package import ConfigurationFormats
package import Diagnostics
import Documents
import Inputs
import Text

/// The configuration files that are checked, read.
package struct ConftestInputs {
    /// A file with what it holds: several documents when it is YAML, or a list.
    struct File {
        /// As it was named; `-` for standard input.
        var path: String
        var documents: [Document]
    }

    package private(set) var problems: [Diagnostic] = []
    private(set) var files: [File] = []
    /// Whether no file was found.
    package var isEmpty: Bool { files.isEmpty }

    /// - Parameters:
    ///   - paths: files, folders, `-` for standard input.
    ///   - ignored: tells of a file of a folder that it is left out.
    ///   - format: that of all files; nil for what their names say.
    package init(_ paths: [String], ignoring ignored: (String) -> Bool, format: ConfigurationFormat?) {
        var discovery = FileDiscovery(suffixes: Set(ConfigurationFormat.allCases.map(\.rawValue)))
        discovery.suffixes.formUnion(["yml", "env", "tf", "tfvars", "hcl", "dockerfile"])
        discovery.suffixes.formUnion(ConfigurationFormat.unread)
        discovery.names = ["Dockerfile", "dockerfile"]
        discovery.looksAtHidden = true
        let found = discovery.files(at: paths)
        problems = found.problems
        var unread: [String: [String]] = [:]
        for argument in found.arguments {
            for file in found.files[argument.files] {
                if argument.isFolder, ignored(file.path) { continue }
                let kind =
                    argument.isFolder ? ConfigurationFormat.kind(of: file.path) : ConfigurationFormat.kind(ofNamed: file.path)
                if let format {
                    read(file.path, format)
                } else if case .format(let format) = kind {
                    read(file.path, format)
                } else if case .unread(let name) = kind {
                    unread[name, default: []].append(file.path)
                } else if !argument.isFolder {
                    problems.append(
                        Diagnostic(
                            code: "input_error", message: "the format of \(file.path) is not known",
                            hint: "say it with --parser: " + ConfigurationFormat.allCases.map(\.rawValue).joined(separator: ", "))
                    )
                }
            }
        }
        for (name, paths) in unread.sorted(by: { $0.key < $1.key }) {
            let more = paths.count > 3 ? " and \(paths.count - 3) more" : ""
            problems.append(
                Diagnostic(
                    code: "input_error",
                    message: "files of the format \(name) are not read: \(paths.prefix(3).joined(separator: ", "))\(more)",
                    hint: "leave them out with --ignore"))
        }
    }

    private mutating func read(_ path: String, _ format: ConfigurationFormat) {
        let bytes: [UInt8]
        do throws(FileError) {
            bytes = try path == "-" ? FileSystem.readStandardInput(name: "-") : FileSystem.read(path)
        } catch { return problems.append(Diagnostic(reading: error)) }
        let (documents, reasons) = format.read(SourceFile(path: path, bytes: bytes))
        problems += reasons
        guard !documents.isEmpty else { return }
        files.append(File(path: path, documents: documents.count == 1 ? Self.elements(of: documents[0]) : documents))
    }

    /// The elements of a document that is a list, each as a document of its own.
    private static func elements(of document: Document) -> [Document] {
        guard document.root.kind == .array else { return [document] }
        return document.root.items(madeAt: document.rootSpan).enumerated().map { index, item in
            Document(arena: Arena.make(capacity: 64), root: item.value, rootSpan: item.span, index: index, partOf: document)
        }
    }

    /// All documents as one list of `{path, contents}`, in the order of the paths, and the documents in that order.
    func combined() -> (list: Document, documents: [(path: String, document: Document)]) {
        let all = files.sorted { ExactText.precedes($0.path, $1.path) }.flatMap { file in
            file.documents.map { (path: file.path, document: $0) }
        }
        let arena = Arena.make(capacity: 64 * all.count + 1024)
        let list = arena.array(
            all.map { arena.object(["path": arena.string($0.path), "contents": $0.document.root]) })
        return (Document(arena: arena, root: list, rootSpan: .nowhere, parts: all.map(\.document)), all)
    }

    /// What the files hold, as JSON: of one file its contents, of several an object by path.
    package func json(combining: Bool) -> String {
        if combining {
            let (list, _) = combined()
            return JSONWriter.string(list.root, style: .pretty) + "\n"
        }
        let document = Document { arena in
            func contents(_ file: File) -> Value {
                let values = file.documents.map { arena.copy($0.root) }
                return values.count == 1 ? values[0] : arena.array(values)
            }
            if files.count == 1 { return contents(files[0]) }
            return arena.object(files.map { ObjectEntry(key: arena.string($0.path), value: contents($0)) })
        }
        return JSONWriter.string(document.root, style: .pretty) + "\n"
    }
}
