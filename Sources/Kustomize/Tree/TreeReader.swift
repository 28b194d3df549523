import CLibYAML
import Documents
import Text

/// Reads the documents of a YAML or JSON text as trees whose aliases and merge keys are replaced by what they stand for.
struct TreeReader: ~Copyable {
    private struct Frame {
        var node: Node
        var anchor: [UInt8]?
        var key: Node?
        var sizeBefore: Int
        var hasMerge = false
        /// The line of an open bracket, counted from 0 in the document; nil for a collection of a block.
        var bracketLine: Int?
    }

    private struct Anchor {
        /// Nil while the collection is open.
        var node: Node?
        var size: Int
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    private let limits: DocumentLimits
    private let readsCommonForms: Bool
    private let file: UInt32
    private let cause: Origin.Cause
    private let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    private var marks: MarkMap
    private var frames: [Frame] = []
    private var anchors: [[UInt8]: Anchor] = [:]
    private var root: Node?
    private var count = 0
    private var aliased = 0

    private init(
        _ bytes: UnsafeBufferPointer<UInt8>, file: UInt32, cause: Origin.Cause, limits: DocumentLimits, readsCommonForms: Bool
    ) {
        self.bytes = bytes
        self.limits = limits
        self.readsCommonForms = readsCommonForms
        self.file = file
        self.cause = cause
        marks = MarkMap(bytes, isASCII: true, origin: 0)
    }

    deinit { parser.deallocate() }

    /// The documents of a text, split at lines that start with `---` as kustomize splits them; empty ones are left out.
    ///
    /// - Parameter readsCommonForms: whether documents in common forms are read without libyaml; tests compare both.
    static func documents(
        of text: [UInt8], number: UInt32, cause: Origin.Cause = .file, limits: DocumentLimits, readsCommonForms: Bool = true
    ) throws(BuildError) -> [Node] {
        let result: Result<[Node], BuildError> = text.withUnsafeBufferPointer { bytes in
            Result { () throws(BuildError) in
                var reader = TreeReader(
                    bytes, file: number, cause: cause, limits: limits, readsCommonForms: readsCommonForms)
                return try reader.read()
            }
        }
        return try result.get()
    }

    private mutating func read() throws(BuildError) -> [Node] {
        let (bytes, number) = (bytes, file)
        func place(_ offset: Int) -> Origin {
            Origin(file: number, start: UInt32(offset), end: UInt32(min(offset + 1, bytes.count)))
        }
        if bytes.count > limits.size {
            throw .limit("the file has \(bytes.count) bytes, more than the limit of \(limits.size)", at: place(0))
        }
        if let offset = YAMLText.excessTagDirective(bytes, limit: limits.tagDirectives) {
            throw .limit("the file has more than \(limits.tagDirectives) tag directives", at: place(offset))
        }
        let survey = YAMLText.survey(bytes)
        if case .invalid(let offset) = survey {
            let problem = YAMLProblem.badByte(bytes, at: offset)
            throw Self.malformed(problem.builtinMessage ?? problem.message, at: place(offset), hint: problem.hint)
        }
        var nodes: [Node] = []
        for range in try Self.pieces(bytes, place) {
            if nodes.count >= limits.documents {
                throw .limit("the file has more than \(limits.documents) documents", at: place(range.lowerBound))
            }
            if let node = try document(range, isASCII: survey == .ascii), !node.isNull {
                nodes.append(node)
            }
        }
        return nodes
    }

    /// The parts between separator lines; after `---` only space and a comment may stand.
    private static func pieces(
        _ bytes: UnsafeBufferPointer<UInt8>, _ place: (Int) -> Origin
    ) throws(BuildError) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        // A byte order mark is no text.
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var line = start
        while line < bytes.count {
            var end = line
            while end < bytes.count, bytes[end] != 0x0A { end += 1 }
            let isSeparator =
                line > 0 && end < bytes.count && end - line >= 3 && bytes[line] == 0x2D && bytes[line + 1] == 0x2D
                && bytes[line + 2] == 0x2D
            if isSeparator {
                let rest = bytes[(line + 3)..<end].drop { $0 <= 0x20 }
                if let first = rest.first, first != UInt8(ascii: "#") {
                    let text = String(decoding: bytes[line..<end], as: UTF8.self)
                    throw BuildError("invalid document separator: \(text)", at: place(line))
                }
                pieces.append(start..<line)
                start = end + 1
            }
            line = end + 1
        }
        pieces.append(min(start, bytes.count)..<bytes.count)
        return pieces
    }

    private static func malformed(_ message: String, at origin: Origin, hint: String? = nil) -> BuildError {
        var error = BuildError("MalformedYAMLError: \(message)", at: origin, hint: hint)
        error.isMalformedYAML = true
        return error
    }

    // MARK: One document

    private mutating func document(_ range: Range<Int>, isASCII: Bool) throws(BuildError) -> Node? {
        (root, frames, anchors, count, aliased) = (nil, [], [:], 0, 0)
        if readsCommonForms, let events = YAMLEvents.read(bytes, range, isASCII: isASCII, upTo: limits.nodes) {
            try handle(events)
            return root
        }
        let text = UnsafeBufferPointer(rebasing: bytes[range])
        guard let colons = FlowColons(text) else { return try parse(text, range, isASCII: isASCII) }
        let result: Result<Node?, BuildError> = colons.bytes.withUnsafeBufferPointer { text in
            Result { () throws(BuildError) in try parse(text, range, isASCII: isASCII, colons) }
        }
        return try result.get()
    }

    /// Reads a document by libyaml; `text` is that of the range, in which colons may be written as another sign.
    private mutating func parse(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, isASCII: Bool, _ colons: FlowColons? = nil
    ) throws(BuildError) -> Node? {
        guard !range.isEmpty, let base = text.baseAddress, yaml_parser_initialize(parser) == 1 else { return nil }
        defer { yaml_parser_delete(parser) }
        yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
        yaml_parser_set_input_string(parser, base, range.count)
        marks = MarkMap(bytes, isASCII: isASCII, origin: range.lowerBound)
        var event = yaml_event_t()
        while yaml_parser_parse(parser, &event) == 1 {
            let type = event.type
            if let colons, type == YAML_SCALAR_EVENT { colons.restore(event) }
            do throws(BuildError) {
                try handle(&event)
            } catch {
                yaml_event_delete(&event)
                throw error
            }
            yaml_event_delete(&event)
            if type == YAML_DOCUMENT_END_EVENT || type == YAML_STREAM_END_EVENT { return root }
        }
        throw parserError()
    }

    /// A document that is read without libyaml, which is faster and gives the same.
    private mutating func handle(_ events: YAMLEvents) throws(BuildError) {
        for event in events.events {
            let origin = Origin(file: file, start: event.span.start, end: event.span.end, cause: cause)
            switch event.kind {
            case .mapping: try open(.mapping, anchor: nil, origin, nil)
            case .sequence: try open(.sequence, anchor: nil, origin, nil)
            case .end: try close(origin)
            case .plain: try scalar(events.text(event), .plain, origin)
            case .singleQuoted: try scalar(events.text(event), .single, origin)
            case .doubleQuoted: try scalar(events.text(event), .quoted, origin)
            case .literal: try scalar(events.text(event), .literal, origin)
            }
        }
    }

    private mutating func scalar(_ text: String, _ style: Node.Style, _ origin: Origin) throws(BuildError) {
        if text.utf8.count > limits.scalarSize { throw .limit("a text is longer than \(limits.scalarSize) bytes", at: origin) }
        let tag = style == .plain ? ScalarMeaning(plain: text).tag : .string
        try attach(Node(.scalar, tag: tag, style: style, text: text, origin: origin))
    }

    /// The parser's complaint with the line that go-yaml names, counted from the start of the document.
    private mutating func parserError() -> BuildError {
        let state = parser.pointee
        let problem = state.problem.map { String(cString: $0) } ?? "unknown problem parsing YAML content"
        var line = state.context == nil ? 0 : state.context_mark.line
        if line == 0 { line = state.problem_mark.line }
        if line > 0, state.error == YAML_SCANNER_ERROR { line += 1 }
        let start = marks.byteOffset(state.problem_mark.index)
        let origin = Origin(file: file, start: start, end: min(start + 1, UInt32(bytes.count)))
        let wording = YAMLProblem(
            LibYAMLError(state) { [marks] in
                var marks = marks
                return marks.byteOffset($0)
            }, in: bytes)
        return Self.malformed(
            "yaml: \(line > 0 ? "line \(line): " : "")\(problem)", at: origin, hint: wording.hint ?? wording.message)
    }

    private mutating func handle(_ event: inout yaml_event_t) throws(BuildError) {
        switch event.type {
        case YAML_SCALAR_EVENT:
            try checkQuestionMark(event)
            var place = origin(event)
            // Without the line breaks behind the text of a block.
            if [YAML_LITERAL_SCALAR_STYLE, YAML_FOLDED_SCALAR_STYLE].contains(event.data.scalar.style) { trim(&place) }
            try scalar(event.data.scalar, place)
        case YAML_MAPPING_START_EVENT:
            let data = event.data.mapping_start
            let isFlow = data.style == YAML_FLOW_MAPPING_STYLE
            try open(.mapping, anchor: data.anchor, origin(event), isFlow ? event.start_mark.line : nil)
        case YAML_SEQUENCE_START_EVENT:
            let data = event.data.sequence_start
            let isFlow = data.style == YAML_FLOW_SEQUENCE_STYLE
            try open(.sequence, anchor: data.anchor, origin(event), isFlow ? event.start_mark.line : nil)
        case YAML_MAPPING_END_EVENT, YAML_SEQUENCE_END_EVENT: try close(origin(event))
        case YAML_ALIAS_EVENT: try alias(Self.name(event.data.alias.anchor), origin(event))
        default: break
        }
    }

    /// Inside brackets go-yaml ends a plain text at a question mark, where libyaml goes on.
    private mutating func checkQuestionMark(_ event: yaml_event_t) throws(BuildError) {
        let data = event.data.scalar
        guard let frame = frames.last, let first = frame.bracketLine, data.style == YAML_PLAIN_SCALAR_STYLE,
            UnsafeBufferPointer(start: data.value, count: data.length).dropFirst().contains(UInt8(ascii: "?"))
        else { return }
        let line = first == 0 ? event.start_mark.line : first
        let bracket = frame.node.kind == .mapping ? "}" : "]"
        throw Self.malformed(
            "yaml: \(line > 0 ? "line \(line): " : "")did not find expected ',' or '\(bracket)'", at: origin(event),
            hint: "put the text with '?' in quotes")
    }

    private mutating func origin(_ event: yaml_event_t) -> Origin {
        let start = marks.byteOffset(event.start_mark.index)
        return Origin(file: file, start: start, end: marks.byteOffset(event.end_mark.index), cause: cause)
    }

    private func trim(_ place: inout Origin) {
        while place.end > place.start, bytes[Int(place.end) - 1] <= 0x20 { place.end -= 1 }
    }

    private static func name(_ pointer: UnsafeMutablePointer<UInt8>?) -> [UInt8] {
        guard let pointer else { return [] }
        var count = 0
        while pointer[count] != 0 { count += 1 }
        return Array(UnsafeBufferPointer(start: pointer, count: count))
    }

    private mutating func scalar(
        _ data: yaml_event_t.__Unnamed_union_data.__Unnamed_struct_scalar, _ origin: Origin
    ) throws(BuildError) {
        if data.length > limits.scalarSize {
            throw .limit("a text is longer than \(limits.scalarSize) bytes", at: origin)
        }
        let text = String(decoding: UnsafeBufferPointer(start: data.value, count: data.length), as: UTF8.self)
        let isPlain = data.style == YAML_PLAIN_SCALAR_STYLE
        let node = Node(.scalar, style: Self.style(data.style), text: text, origin: origin)
        if let tag = data.tag {
            node.tag = Self.tag(String(cString: tag))
            node.hasExplicitTag = true
        } else {
            node.tag = isPlain && data.plain_implicit != 0 ? ScalarMeaning(plain: text).tag : .string
        }
        if data.anchor != nil { anchors[Self.name(data.anchor)] = Anchor(node: node, size: 1) }
        try attach(node)
    }

    private static func style(_ style: yaml_scalar_style_t) -> Node.Style {
        switch style {
        case YAML_SINGLE_QUOTED_SCALAR_STYLE: .single
        case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .quoted
        case YAML_LITERAL_SCALAR_STYLE: .literal
        case YAML_FOLDED_SCALAR_STYLE: .folded
        default: .plain
        }
    }

    private static func tag(_ tag: String) -> Node.Tag {
        switch tag {
        case "tag:yaml.org,2002:null": .null
        case "tag:yaml.org,2002:bool": .bool
        case "tag:yaml.org,2002:int": .int
        case "tag:yaml.org,2002:float": .float
        case "tag:yaml.org,2002:str", "!": .string
        case "tag:yaml.org,2002:timestamp": .timestamp
        case "tag:yaml.org,2002:binary": .binary
        case "tag:yaml.org,2002:merge": .merge
        default: .custom
        }
    }

    private mutating func open(
        _ kind: Node.Kind, anchor: UnsafeMutablePointer<UInt8>?, _ origin: Origin, _ bracketLine: Int?
    ) throws(BuildError) {
        if frames.count >= limits.nestingDepth {
            throw .limit("collections are nested deeper than \(limits.nestingDepth)", at: origin)
        }
        let name = anchor == nil ? nil : Self.name(anchor)
        if let name { anchors[name] = Anchor(node: nil, size: 0) }
        let node = Node(kind, tag: kind == .mapping ? .map : .sequence, origin: origin)
        frames.append(Frame(node: node, anchor: name, sizeBefore: count + aliased, bracketLine: bracketLine))
    }

    private mutating func close(_ origin: Origin) throws(BuildError) {
        let frame = frames.removeLast()
        frame.node.origin.end = origin.start
        if frame.hasMerge { try MergeKeys.resolve(frame.node) }
        if let name = frame.anchor {
            anchors[name] = Anchor(node: frame.node, size: count + aliased - frame.sizeBefore + 1)
        }
        try attach(frame.node)
    }

    private mutating func attach(_ node: Node) throws(BuildError) {
        count += 1
        if count > limits.nodes { throw .limit("a document has more than \(limits.nodes) values", at: node.origin) }
        guard let last = frames.indices.last else {
            root = node
            return
        }
        let parent = frames[last].node
        guard parent.kind == .mapping else {
            parent.content.append(node)
            return
        }
        if let key = frames[last].key {
            parent.content.append(key)
            parent.content.append(node)
            frames[last].key = nil
        } else {
            if node.tag == .merge { frames[last].hasMerge = true }
            frames[last].key = node
        }
    }

    private mutating func alias(_ name: [UInt8], _ origin: Origin) throws(BuildError) {
        let text = String(decoding: name, as: UTF8.self)
        guard let anchor = anchors[name] else {
            throw Self.malformed("yaml: unknown anchor '\(text)' referenced", at: origin)
        }
        guard let node = anchor.node else {
            throw Self.malformed("yaml: anchor '\(text)' value contains itself", at: origin)
        }
        aliased += anchor.size
        if aliased > limits.aliasedNodes {
            throw .limit("aliases expand to more than \(limits.aliasedNodes) values", at: origin)
        }
        try attach(node.copy())
    }
}

/// YAML's merge keys (`<<`), which kustomize replaces by the entries they bring in.
private enum MergeKeys {
    static func resolve(_ node: Node) throws(BuildError) {
        var own: [Node] = []
        var merged: [Node] = []
        for (key, value) in node.entries {
            guard key.tag == .merge else {
                own += [key, value]
                continue
            }
            switch value.kind {
            case .mapping: merged.append(value)
            case .sequence where value.content.allSatisfy({ $0.kind == .mapping }): merged += value.content.reversed()
            default: throw BuildError("invalid map merge: needs a mapping or a list of mappings", at: value)
            }
        }
        let written = Set(stride(from: 0, to: own.count, by: 2).map { ExactText(own[$0].text) })
        var place: [ExactText: Int] = [:]
        for mapping in merged {
            for (key, value) in mapping.entries {
                let name = ExactText(key.text)
                if written.contains(name) { continue }
                if let index = place[name] {
                    own[index + 1] = value
                } else {
                    place[name] = own.count
                    own += [key, value]
                }
            }
        }
        node.content = own
    }
}
