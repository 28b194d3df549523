import Inputs
package import Logging
import RegoRuntime

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Writes log events as one JSON object a line: `ts`, `level`, `msg`, then the metadata.
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let descriptor: Int32

    /// A handler that writes to a file descriptor; standard error by default.
    package init(label: String, level: Logger.Level = .info, descriptor: Int32 = 2) {
        self.label = label
        self.descriptor = descriptor
        logLevel = level
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var all = metadata
        if let provided = metadataProvider?.get() { all.merge(provided) { _, new in new } }
        if let own = event.metadata { all.merge(own) { _, new in new } }
        var line: [UInt8] = []
        JSONBytes.appendKey("ts", isFirst: true, to: &line)
        line.insert(UInt8(ascii: "{"), at: 0)
        JSONBytes.append(WallClock.text(WallClock.now()), to: &line)
        JSONBytes.appendKey("level", to: &line)
        JSONBytes.append(event.level.rawValue, to: &line)
        JSONBytes.appendKey("msg", to: &line)
        JSONBytes.append(event.message.description, to: &line)
        if let error = event.error {
            JSONBytes.appendKey("error", to: &line)
            JSONBytes.append("\(error)", to: &line)
        }
        for (key, value) in all.sorted(by: { $0.key < $1.key }) {
            line += ","
            JSONBytes.append(key, to: &line)
            line += ":"
            Self.append(value, to: &line)
        }
        line += "}\n"
        // One write a line, so that lines of several threads do not mix.
        try? FileSystem.write(line, to: descriptor, name: "log")
    }

    private static func append(_ value: Logger.MetadataValue, to line: inout [UInt8]) {
        switch value {
        case .string(let text): JSONBytes.append(text, to: &line)
        case .stringConvertible(let value): JSONBytes.append(value.description, to: &line)
        case .array(let values):
            line += "["
            for (index, value) in values.enumerated() {
                if index > 0 { line += "," }
                append(value, to: &line)
            }
            line += "]"
        case .dictionary(let members):
            line += "{"
            for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if index > 0 { line += "," }
                JSONBytes.append(member.key, to: &line)
                line += ":"
                append(member.value, to: &line)
            }
            line += "}"
        }
    }
}
