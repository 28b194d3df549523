import Diagnostics
import Documents

/// The files that a user works on.
struct Workspace: Sendable {
    /// A kind of files; its raw value is the folder it is kept in.
    enum Pane: String, Sendable, CaseIterable {
        case policies, tests, inputs
        /// The files of charts and kustomizations, whatever they are.
        case sources
        case data

        /// The suffixes of its files; nil when any will do.
        var suffixes: [String]? {
            switch self {
            case .policies: ["rego", "yaml", "yml", "json"]
            case .tests: ["rego"]
            case .inputs, .data: ["yaml", "yml", "json"]
            case .sources: nil
            }
        }
    }

    struct File: Sendable, Hashable {
        /// Relative to the pane.
        var path: String
        var text: String
    }

    private(set) var files: [Pane: [File]] = [:]
    /// A YAML or JSON mapping, or nothing.
    var parameters = ""
    /// The text of `lintel.yaml`, or nothing.
    var configuration = ""
    /// Whether the sources stand in the folder of the workspace itself, which then is a chart or a repository.
    var isRepository = false

    static let maximumFileCount = 500

    subscript(pane: Pane) -> [File] {
        get { files[pane] ?? [] }
        set { files[pane] = newValue }
    }

    /// The files of a pane as the engine reads them, called `PANE/PATH`.
    func sources(_ pane: Pane) -> [SourceFile] {
        self[pane].map { SourceFile(path: "\(pane.rawValue)/\($0.path)", text: $0.text) }
    }

    static let parametersName = "parameters.yaml"
    static let configurationName = "lintel.yaml"

    var isEmpty: Bool { Pane.allCases.allSatisfy { self[$0].isEmpty } && parameters.isEmpty && configuration.isEmpty }
}

// MARK: JSON

extension Workspace {
    /// Reads the members of a request's body.
    init(_ body: Value, _ limits: PlaygroundLimits) throws(PlaygroundError) {
        var count = 0
        for pane in Pane.allCases {
            let list = body.field(named: pane.rawValue)
            if list.isUndefined { continue }
            guard list.kind == .array else { throw .badRequest("`\(pane.rawValue)` must be an array of files.") }
            var files: [File] = [], seen = Set<String>()
            for element in list.elements {
                guard let path = element.field("path").stringValue, let text = element.field("text").stringValue else {
                    throw .badRequest("Each file of `\(pane.rawValue)` needs `path` and `text`, both strings.")
                }
                if let problem = WorkspacePath.problem(path, in: pane) { throw .badRequest(problem) }
                guard seen.insert(path).inserted else { throw .badRequest("`\(pane.rawValue)/\(path)` is there twice.") }
                files.append(File(path: path, text: text))
            }
            count += files.count
            guard count <= Self.maximumFileCount else {
                throw .badRequest("A workspace has at most \(Self.maximumFileCount) files.")
            }
            self[pane] = files
        }
        let size = [Pane.policies, .tests].reduce(0) { $0 + self[$1].reduce(0) { $0 + $1.text.utf8.count } }
        if size > limits.modules {
            throw PlaygroundError(
                status: 413, code: "too_large",
                message: "The policies and tests are larger than \(limits.modules >> 10) KiB together.")
        }
        let reader = MemberReader(body)
        parameters = try reader.string("parameters") ?? ""
        configuration = try reader.string("configuration") ?? ""
    }

    var json: JSON {
        .object(
            Pane.allCases.map { pane in (pane.rawValue, .array(self[pane].map(\.json))) }
                + [("parameters", .string(parameters)), ("configuration", .string(configuration))])
    }
}

extension Workspace.File {
    var json: JSON { .object([("path", .string(path)), ("text", .string(text))]) }
}
