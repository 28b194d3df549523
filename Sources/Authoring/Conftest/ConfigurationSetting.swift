import ConfigurationFormats
package import Diagnostics
import Documents

/// A value of a file with settings.
package enum ConfigurationSetting: Sendable, Hashable {
    case flag(Bool)
    case text(String)
    case list([String])
    case other

    /// The members of a TOML file, or of a YAML or JSON file by its name.
    package static func read(_ source: SourceFile) -> (values: [String: ConfigurationSetting], problems: [Diagnostic]) {
        var format = ConfigurationFormat.toml
        if case .format(let named) = ConfigurationFormat.kind(of: source.path) { format = named }
        let (documents, problems) = format.read(source)
        guard let root = documents.first?.root, root.kind == .object else { return ([:], problems) }
        var values: [String: ConfigurationSetting] = [:]
        for (key, value) in zip(root.keys, root.values) { values[key.stringValue ?? ""] = ConfigurationSetting(value) }
        return (values, problems)
    }

    private init(_ value: Value) {
        switch value.kind {
        case .bool: self = .flag(value.isTrue)
        case .string: self = .text(value.string)
        case .array where value.elements.allSatisfy({ $0.kind == .string }): self = .list(value.elements.map(\.string))
        default: self = .other
        }
    }
}
