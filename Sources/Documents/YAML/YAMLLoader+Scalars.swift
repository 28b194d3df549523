import CLibYAML
import Text

extension YAMLLoader {
    typealias ScalarData = yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar

    /// Takes a scalar: a key when the open mapping waits for one, else a value.
    @inline(__always)
    mutating func scalar(_ data: ScalarData, _ written: ByteSpan) throws(Stop) {
        let text = UnsafeBufferPointer(start: UnsafePointer(data.value), count: data.length)
        let isPlain = data.style == YAML_PLAIN_SCALAR_STYLE
        var span = written
        if data.style == YAML_LITERAL_SCALAR_STYLE || data.style == YAML_FOLDED_SCALAR_STYLE { trim(&span) }
        try countNode(span)
        if text.count > options.limits.scalarSize {
            throw stop("the text is larger than the limit of \(options.limits.scalarSize) bytes", span)
        }
        if isPlain, flowDepth > 0, text.dropFirst().contains(UInt8(ascii: "?")) { throw questionMark(span) }
        let isString = !isPlain || startsWithNonSpecificTag(span)
        if frames.count > 0, frames.top.pointee.isMapping, !frames.top.pointee.hasKey {
            if text.count == 2, isMergeKey(text, data) {
                frames.top.pointee.keyIsMerge = true
                setKey(.undefined, span)
            } else if data.tag == nil, isString || !mayHaveMeaning(text) {
                setKey(arena.string(text), span)
            } else {
                try setKey(try resolve(text, data.tag, isString: isString, span), text, span)
            }
            if let anchor = data.anchor { _ = define(anchor, try value(text, data.tag, isString, span), size: 1) }
            return
        }
        let value = try value(text, data.tag, isString, span)
        if let anchor = data.anchor { _ = define(anchor, value, size: 1) }
        try attach(value, span)
    }

    /// Takes a scalar without anchor, tag and merge key.
    @inline(__always)
    mutating func scalar(_ text: UnsafeBufferPointer<UInt8>, isString: Bool, _ span: ByteSpan) throws(Stop) {
        try countNode(span)
        if text.count > options.limits.scalarSize { throw Stop() }
        let isText = isString || !mayHaveMeaning(text)
        if frames.count == 0 || !frames.top.pointee.isMapping || frames.top.pointee.hasKey {
            return try attach(isText ? arena.string(text) : try value(text, nil, false, span), span)
        }
        if isText { return setKey(arena.string(text), span) }
        try setKey(try resolve(text, nil, isString: false, span), text, span)
    }

    @inline(__always)
    private mutating func value(
        _ text: UnsafeBufferPointer<UInt8>, _ tag: UnsafeMutablePointer<UInt8>?, _ isString: Bool, _ span: ByteSpan
    ) throws(Stop) -> Value {
        if tag == nil, isString || !mayHaveMeaning(text) { return arena.string(text) }
        switch try resolve(text, tag, isString: isString, span) {
        case .scalar(let scalar): return try value(of: scalar, text, span)
        case .bytes(let bytes): return arena.string(bytes)
        }
    }

    /// Whether a plain scalar could be anything but a string, by its first byte.
    @inline(__always)
    private func mayHaveMeaning(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let first = text.first else { return true }
        if first &- 0x61 < 26 || first &- 0x41 < 26 {
            if text.count > 5 { return false }
            let letter = first | 0x20
            return letter == 0x79 || letter == 0x6E || letter == 0x74 || letter == 0x66 || letter == 0x6F
        }
        return first &- 0x30 <= 9 || first == 0x2D || first == 0x2B || first == 0x2E || first == 0x7E
    }

    /// What a scalar turns out to be: something resolved, or bytes that a `!!binary` tag decodes to.
    private enum Resolved {
        case scalar(ResolvedScalar)
        case bytes([UInt8])
    }

    @inline(never)
    private mutating func resolve(
        _ text: UnsafeBufferPointer<UInt8>, _ tag: UnsafeMutablePointer<UInt8>?, isString: Bool, _ span: ByteSpan
    ) throws(Stop) -> Resolved {
        guard let tag else {
            if isString { return .scalar(.string) }
            if !options.hasWordBooleans, let own = YAMLResolver.ofVersion3(text) {
                return own.map(Resolved.bytes) ?? .scalar(.string)
            }
            return .scalar(YAMLResolver.plain(text))
        }
        let name = String(cString: tag)
        switch YAMLResolver.tagged(text, tag: name) {
        case .scalar(let scalar): return .scalar(scalar)
        case .mismatch(let actual):
            let wanted = YAMLResolver.shortTag(name) ?? name
            let shown = String(decoding: text.prefix(100), as: UTF8.self)
            try report(
                YAMLProblem(
                    message: "'\(shown)' is not what its tag !!\(wanted) says", span: span,
                    builtinMessage: "yaml: cannot decode !!\(actual) `\(shown)` as a !!\(wanted)"))
            return .scalar(.null)
        case .binary:
            if let bytes = try? Base64.decode(text) { return .bytes(UTF8Scan.repaired(bytes)) }
            try report(
                YAMLProblem(
                    message: "the text after !!binary is not base64", span: span,
                    builtinMessage: "yaml: !!binary value contains invalid base64 data"))
            return .scalar(.null)
        }
    }

    /// The value of a resolved scalar; floats become the number that Go writes into JSON.
    private mutating func value(
        of scalar: ResolvedScalar, _ text: UnsafeBufferPointer<UInt8>, _ span: ByteSpan
    ) throws(Stop) -> Value {
        switch scalar {
        case .null: return .null
        case .bool(let bool): return .bool(bool)
        case .int(let integer): return .int(integer)
        case .uint(let integer) where options.makesDoubles: return NumberText.asGoDecodes(Double(integer), in: arena) ?? .null
        case .uint(let integer): return NumberText.value(String(integer), in: arena)
        case .string: return arena.string(text)
        case .float(let number):
            if options.keepsSignOfZero, number == 0, number.sign == .minus { return NumberText.value("-0", in: arena) }
            if let value = NumberText.asGoDecodes(number, in: arena) { return value }
            let name = number.isNaN ? "NaN" : number < 0 ? "-Inf" : "+Inf"
            try report(
                YAMLProblem(
                    message: "infinities and NaN are not values that Kubernetes can read", span: span,
                    hint: "put it in quotes if it is meant as text",
                    builtinMessage: "json: unsupported value: \(name)"))
            return .null
        }
    }

    /// Inside brackets go-yaml ends a plain text at a question mark, where libyaml goes on.
    @inline(never)
    private mutating func questionMark(_ span: ByteSpan) -> Stop {
        let frame = frames.top.pointee
        func line(_ offset: UInt32) -> Int { bytes[..<Int(offset)].reduce(0) { $1 == 0x0A ? $0 + 1 : $0 } }
        let first = line(frame.span.start), number = first == 0 ? line(span.start) : first
        problems.append(
            YAMLProblem(
                message: "a text with '?' inside brackets needs quotes", span: span, hint: "put the text in quotes",
                builtinMessage: "yaml: \(number == 0 ? "" : "line \(number): ")did not find expected ',' or '"
                    + (frame.isMapping ? "}'" : "]'")))
        return Stop()
    }

    // MARK: Keys

    /// Whether a key merges, as go-yaml v2 (`isMerge`) has it: `<<` in any quotes behind the tag of merges or behind `!`,
    /// which both say that it is not just a string, and `<<` without a tag when it is plain.
    private func isMergeKey(_ text: UnsafeBufferPointer<UInt8>, _ data: ScalarData) -> Bool {
        guard text[0] == UInt8(ascii: "<"), text[1] == UInt8(ascii: "<") else { return false }
        return data.plain_implicit != 0 || data.tag.map { YAMLResolver.shortTag(String(cString: $0)) == "merge" } ?? false
    }

    @inline(__always)
    private mutating func setKey(_ key: Value, _ span: ByteSpan) {
        let frame = frames.top
        frame.pointee.hasKey = true
        frame.pointee.key = key
        frame.pointee.keySpan = span
        frame.pointee.span.end = span.end
    }

    /// Sets a key of another type as the string that sigs.k8s.io/yaml makes of it; integers beyond 64 bits and null
    /// have none.
    private mutating func setKey(
        _ key: Resolved, _ text: UnsafeBufferPointer<UInt8>, _ span: ByteSpan
    ) throws(Stop) {
        switch key {
        case .bytes(let bytes): setKey(arena.string(bytes), span)
        case .scalar(.string): setKey(arena.string(text), span)
        case .scalar(.bool(let bool)): setKey(arena.string(bool ? "true" : "false"), span)
        case .scalar(.int(let integer)): setKey(arena.string(String(integer)), span)
        case .scalar(.float(let number)): setKey(arena.string(GoFloat.generalSinglePrecision(number)), span)
        case .scalar(.null): try rejectKey("null", span)
        case .scalar(.uint): try rejectKey("an integer beyond 64 bits", span)
        }
    }

    private mutating func rejectKey(_ what: String, _ span: ByteSpan) throws(Stop) {
        try report(
            YAMLProblem(
                message: "\(what) cannot be a key", span: span, hint: "keys are strings; put it in quotes",
                builtinMessage: what == "null"
                    ? "unsupported map key of type: %!s(<nil>), key: <nil>" : "yaml: invalid map key: \(what)"))
        setKey(.undefined, span)
    }

    /// Makes a key of a value that is not written as a scalar here: an alias, or a collection, which cannot be one.
    mutating func useAsKey(_ value: Value, _ span: ByteSpan) throws(Stop) {
        switch value.kind {
        case .string: setKey(value, span)
        case .bool: setKey(arena.string(value.isTrue ? "true" : "false"), span)
        case .int: setKey(arena.string(String(value.rawInt)), span)
        case .decimal where value.utf8.allSatisfy { $0 &- 0x30 <= 9 }: try rejectKey("an integer beyond 64 bits", span)
        case .decimal: setKey(arena.string(GoFloat.generalSinglePrecision(NumberText.double(value))), span)
        case .array: try rejectKey("a list", span)
        case .object: try rejectKey("a mapping", span)
        default: try rejectKey("null", span)
        }
    }

    // MARK: Places

    /// Leaves out the line breaks and spaces after a block scalar's text.
    private func trim(_ span: inout ByteSpan) {
        while span.end > span.start, bytes[Int(span.end) - 1] <= 0x20 { span.end -= 1 }
    }

    /// Whether the tag `!` stands before a plain scalar, which makes it a string; libyaml drops that tag.
    @inline(__always)
    private func startsWithNonSpecificTag(_ span: ByteSpan) -> Bool {
        guard span.end > span.start else { return false }
        let first = bytes[Int(span.start)]
        return first == UInt8(ascii: "!") || first == UInt8(ascii: "&") && hasTagAfterAnchor(span)
    }

    private func hasTagAfterAnchor(_ span: ByteSpan) -> Bool {
        var index = Int(span.start)
        while index < Int(span.end), bytes[index] > 0x20 { index += 1 }
        while index < Int(span.end), bytes[index] <= 0x20 { index += 1 }
        return index < Int(span.end) && bytes[index] == UInt8(ascii: "!")
    }
}
