import Diagnostics

/// The keys and values of a generated ConfigMap or Secret: from literals, files and env files.
struct KeyValues {
    struct Pair {
        var key: String
        var bytes: [UInt8]
        var origin: Origin
    }

    private(set) var pairs: [Pair] = []

    /// In kustomize's order: env files, literals, files.
    init(_ fields: Fields, _ loader: Loader) throws(BuildError) {
        var environments = try fields.texts("envs")
        if let single = try fields.text("env") { environments.append(single) }
        for path in environments { try readEnvironment(path, loader) }
        for literal in try fields.texts("literals") { try readLiteral(literal, loader.context) }
        for source in try fields.texts("files") { try readFile(source, loader) }
    }

    private mutating func readLiteral(_ node: Node, _ context: BuildContext) throws(BuildError) {
        let text = node.valueText
        guard let sign = text.firstIndex(of: "="), sign != text.startIndex else {
            throw BuildError("invalid literal source \(text), expected key=value", at: node)
        }
        let place = Self.place(of: text.utf8.distance(from: text.startIndex, to: sign) + 1, in: node, context)
        var value = text[text.index(after: sign)...]
        if value.count > 1, let first = value.first, first == value.last, first == "\"" || first == "'" {
            value = value.dropFirst().dropLast()
        }
        pairs.append(Pair(key: String(text[..<sign]), bytes: Array(value.utf8), origin: place))
    }

    /// The place of the text after `offset` bytes of a scalar; of the whole scalar when it is not written as it reads.
    private static func place(of offset: Int, in node: Node, _ context: BuildContext) -> Origin {
        let origin = node.origin
        let quote = node.style == .plain ? 0 : 1
        let isVerbatim = node.style != .literal && node.style != .folded
        guard isVerbatim, let source = context.sources[origin.file],
            Int(origin.end) - Int(origin.start) == node.text.utf8.count + 2 * quote,
            source.bytes[(Int(origin.start) + quote)...].starts(with: node.text.utf8)
        else { return origin }
        return Origin(
            file: origin.file, start: origin.start + UInt32(quote + offset), end: origin.end - UInt32(quote),
            cause: origin.cause)
    }

    private mutating func readFile(_ node: Node, _ loader: Loader) throws(BuildError) {
        let text = node.valueText
        let parts = text.split(separator: "=", omittingEmptySubsequences: false)
        let key: String
        let path: String
        switch parts.count {
        case 1: (key, path) = (SlashPath.base(text), text)
        case 2 where parts[0].isEmpty: throw BuildError("key name for file path \(parts[1]) missing", at: node)
        case 2 where parts[1].isEmpty: throw BuildError("file path for key name \(parts[0]) missing", at: node)
        case 2: (key, path) = (String(parts[0]), String(parts[1]))
        default: throw BuildError("key names or file paths cannot contain '='", at: node)
        }
        if Self.isMissing(path, node, loader) {
            pairs.append(Pair(key: key, bytes: [], origin: node.origin))
            return
        }
        let found = try loader.file(path, at: node)
        let origin = Origin(file: found.number, start: 0, end: UInt32(truncatingIfNeeded: found.file.bytes.count))
        pairs.append(Pair(key: key, bytes: found.file.bytes, origin: origin))
    }

    /// Whether a file is not there and need not be; that is warned of.
    private static func isMissing(_ path: String, _ node: Node, _ loader: Loader) -> Bool {
        let context = loader.context
        let target = SlashPath.join(loader.root, path)
        guard !RemotePath.isRemote(path), context.files.resolve(target) == nil, context.options.mayBeMissing(target) else {
            return false
        }
        var warning = BuildError(
            "'\(loader.shown(target))' is not here: it is built as an empty file", at: node,
            hint: "its values are not checked: it is ignored by git and made where the kustomization is applied"
        ).diagnostic(in: context.sources)
        warning.severity = .warning
        warning.code = "kustomize-missing-file"
        context.warnings.append(warning)
        return true
    }

    private mutating func readEnvironment(_ node: Node, _ loader: Loader) throws(BuildError) {
        if Self.isMissing(node.valueText, node, loader) { return }
        let found = try loader.file(node.valueText, at: node)
        let bytes = found.file.bytes
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            try readLine(bytes, start..<end, found.number, loader.context)
            start = end + 1
        }
    }

    private mutating func readLine(
        _ bytes: [UInt8], _ line: Range<Int>, _ file: UInt32, _ context: BuildContext
    ) throws(BuildError) {
        var start = line.lowerBound
        var end = line.upperBound
        if end > start, bytes[end - 1] == 0x0D { end -= 1 }
        if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
        while start < end, bytes[start] == 0x20 || bytes[start] &- 9 <= 4 { start += 1 }
        guard start < end, bytes[start] != UInt8(ascii: "#") else { return }
        let origin = Origin(file: file, start: UInt32(start), end: UInt32(end))
        let sign = bytes[start..<end].firstIndex(of: UInt8(ascii: "="))
        let key = String(decoding: bytes[start..<(sign ?? end)], as: UTF8.self)
        let value = sign.map { Array(bytes[($0 + 1)..<end]) } ?? Array((context.options.environment(key) ?? "").utf8)
        let place = sign.map { Origin(file: file, start: UInt32($0 + 1), end: UInt32(end)) } ?? origin
        pairs.append(Pair(key: key, bytes: value, origin: place))
    }
}
