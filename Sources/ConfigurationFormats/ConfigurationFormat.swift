package import Diagnostics
package import Documents

/// A format of configuration files; names and suffixes are Conftest's.
package enum ConfigurationFormat: String, Sendable, CaseIterable {
    case yaml, json, jsonc, toml, ini, dotenv, properties

    /// Formats that Conftest reads and this program does not.
    package static let unread: Set<String> = [
        "cue", "cyclonedx", "dockerfile", "edn", "hcl1", "hcl2", "hocon", "ignore", "jsonnet", "nginx", "spdx", "textproto",
        "vcl",
        "xml",
    ]

    /// What a file is by its name.
    package enum Kind: Sendable, Hashable {
        case format(ConfigurationFormat)
        /// A format that is known and not read, by its name.
        case unread(String)
        /// No configuration.
        case other
    }

    /// What a file of a folder is. A name without a suffix tells nothing.
    package static func kind(of path: String) -> Kind {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        let suffix = name.lastIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? ""
        if name == "dockerfile" || name.hasPrefix("dockerfile.") || suffix == "dockerfile" { return .unread("dockerfile") }
        switch suffix {
        case "yaml", "yml": return .format(.yaml)
        case "env": return .format(.dotenv)
        case "tf", "tfvars", "hcl": return .unread("hcl2")
        case "gitignore", "dockerignore": return .unread("ignore")
        case "nginx", "": return .other
        default:
            if let format = ConfigurationFormat(rawValue: suffix) { return .format(format) }
            return unread.contains(suffix) ? .unread(suffix) : .other
        }
    }

    /// What a file is that somebody names; YAML when its name has no suffix, and for standard input.
    package static func kind(ofNamed path: String) -> Kind {
        let kind = kind(of: path)
        let name = path.split(separator: "/").last ?? ""
        return kind == .other && !name.contains(".") ? .format(.yaml) : kind
    }

    /// The documents of a file, or why it cannot be read.
    ///
    /// YAML holds several; as Conftest has it, a file whose one document is a list holds its elements.
    package func read(_ source: SourceFile) -> (documents: [Document], problems: [Diagnostic]) {
        do throws(FormatProblem) {
            switch self {
            case .yaml: return Self.readYAML(source)
            case .json: return Self.readJSON(source)
            case .jsonc: return Self.readJSON(source.replacingText(JSONComments.blanked(source.bytes)))
            case .toml: return ([try TOMLText.document(source)], [])
            case .ini: return ([try INIText.document(source)], [])
            case .dotenv: return ([try EnvironmentText.document(source)], [])
            case .properties: return ([try PropertiesText.document(source)], [])
            }
        } catch {
            return ([], [error.diagnostic(in: source, rawValue)])
        }
    }

    private static func readYAML(_ source: SourceFile) -> (documents: [Document], problems: [Diagnostic]) {
        let stream = YAMLReader().read(source)
        if !stream.diagnostics.isEmpty { return ([], stream.diagnostics) }
        if stream.documents.isEmpty { return ([Document { _ in .null }], []) }
        return (stream.documents, [])
    }

    private static func readJSON(_ source: SourceFile) -> (documents: [Document], problems: [Diagnostic]) {
        do throws(JSONError) { return ([try JSONReader.read(source)], []) } catch {
            return ([], [error.diagnostic(in: source)])
        }
    }
}

/// Why a text is not of its format.
struct FormatProblem: Error {
    var message: String
    /// From 0.
    var offset: Int?

    init(_ message: String, at offset: Int? = nil) {
        self.message = message
        self.offset = offset
    }

    func diagnostic(in source: SourceFile, _ format: String) -> Diagnostic {
        let range = offset.map { offset in
            let start = UInt32(min(max(0, offset), source.bytes.count))
            let end = UInt32(min(Int(start) + 1, source.bytes.count))
            return SourceRange(file: source, start: start, end: end)
        }
        return Diagnostic(
            code: "\(format)_error", message: "\(range == nil ? source.path + ": " : "")\(message)", range: range)
    }
}

extension SourceFile {
    /// The file with other bytes of the same number.
    fileprivate func replacingText(_ bytes: [UInt8]) -> SourceFile { SourceFile(path: path, bytes: bytes) }
}
