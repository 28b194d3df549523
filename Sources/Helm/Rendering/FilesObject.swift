import GoLibrary
import GoTemplate
import Text

/// `.Files`: the files of a chart that are neither templates nor known to Helm.
final class FilesObject: GoObject {
    private let files: [String: [UInt8]]
    private let traces: [String: Trace]

    init(_ files: [ChartFile], _ sources: ChartSources) {
        self.files = Dictionary(files.map { ($0.name, $0.bytes) }) { $1 }
        traces =
            sources.isOn
            ? Dictionary(
                files.compactMap { file in
                    sources.number(file).map {
                        (
                            file.name,
                            Trace([
                                TraceSegment(
                                    start: 0, place: TextPlace(file: $0, offset: 0), isVerbatim: true, isValue: true)
                            ])
                        )
                    }
                }
            ) { $1 } : [:]
    }

    private init(_ files: [String: [UInt8]], _ traces: [String: Trace]) { (self.files, self.traces) = (files, traces) }

    let typeName = "engine.files"
    let kindName = "map"
    var isTrue: Bool { !files.isEmpty }
    var text: String { GoPrint.text(.map(members ?? GoMap())) }

    private static func bytes(_ bytes: [UInt8]) -> GoValue {
        .list(bytes.map { GoValue(.integer(Int64($0), .uint8)) }, of: .uint8)
    }

    var members: GoMap? { GoMap(files.map { ($0, Self.bytes($1)) }) }

    func field(_ name: String) -> GoValue? {
        switch name {
        case "AsConfig": texts { GoValue.text($0) }
        case "AsSecrets": texts { .string(Base64.text($0)) }
        default: files[name].map { GoValue.text($0) } ?? Self.bytes([])
        }
    }

    private func texts(_ value: ([UInt8]) -> GoValue) -> GoValue {
        let map = GoMap(
            files.map { name, bytes in
                var value = value(bytes)
                value.trace = traces[name].map {
                    Trace([TraceSegment(start: 0, place: $0.segments[0].place, isValue: true)])
                }
                return (PathFunctions.base(name), value)
            })
        return YAMLForm.text(.map(map), keepsOrigins: !traces.isEmpty)
    }

    func hasMethod(_ name: String) -> Bool { ["Get", "GetBytes", "Glob", "Lines"].contains(name) }

    func call(_ name: String, _ arguments: [GoValue]) throws -> GoValue {
        guard arguments.count == 1 else {
            throw FunctionFailure("wrong number of args for \(name): want 1 got \(arguments.count)")
        }
        guard let path = arguments[0].asString else {
            throw FunctionFailure("wrong type for value; expected string; got \(arguments[0].typeName(dynamic: true))")
        }
        switch name {
        case "Get":
            var value = GoValue.text(files[path] ?? [])
            value.trace = traces[path]
            return value
        case "GetBytes": return Self.bytes(files[path] ?? [])
        case "Lines":
            guard let bytes = files[path] else { return .strings([]) }
            var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map {
                String(decoding: $0, as: UTF8.self)
            }
            if lines.last?.isEmpty ?? false { lines.removeLast() }
            return .strings(lines)
        default:
            let glob = GoGlob(path, separator: "/") ?? GoGlob("**", separator: "/")
            let found = files.filter { glob?.matches($0.key) ?? true }
            return GoValue(.object(FilesObject(found, traces)))
        }
    }
}
