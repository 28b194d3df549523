import CLibYAML

/// Writes a tree as YAML in the order and the scalar styles it has; comments are not kept.
struct TreeWriter: ~Copyable {
    private let emitter = UnsafeMutablePointer<yaml_emitter_t>.allocate(capacity: 1)
    private let output = UnsafeMutablePointer<[UInt8]>.allocate(capacity: 1)

    static func text(_ node: Node) -> String {
        var writer = TreeWriter()
        return String(decoding: writer.document(node), as: UTF8.self)
    }

    private init() {
        output.initialize(to: [])
        yaml_emitter_initialize(emitter)
        yaml_emitter_set_unicode(emitter, 1)
        yaml_emitter_set_width(emitter, -1)
        yaml_emitter_set_output(
            emitter,
            { data, bytes, count in
                guard let data, let bytes else { return 0 }
                let output = data.assumingMemoryBound(to: [UInt8].self)
                output.pointee.append(contentsOf: UnsafeBufferPointer(start: bytes, count: count))
                return 1
            }, output)
    }

    deinit {
        yaml_emitter_delete(emitter)
        emitter.deallocate()
        output.deinitialize(count: 1)
        output.deallocate()
    }

    private mutating func document(_ node: Node) -> [UInt8] {
        emit { yaml_stream_start_event_initialize($0, YAML_UTF8_ENCODING) }
        emit { yaml_document_start_event_initialize($0, nil, nil, nil, 1) }
        write(node)
        emit { yaml_document_end_event_initialize($0, 1) }
        emitter.pointee.open_ended = 0
        emit { yaml_stream_end_event_initialize($0) }
        return output.pointee
    }

    private mutating func emit(_ make: (UnsafeMutablePointer<yaml_event_t>) -> Int32) {
        var event = yaml_event_t()
        if make(&event) == 1 { yaml_emitter_emit(emitter, &event) }
    }

    private mutating func write(_ node: Node) {
        switch node.kind {
        case .scalar: scalar(node)
        case .sequence:
            emit { yaml_sequence_start_event_initialize($0, nil, nil, 1, YAML_BLOCK_SEQUENCE_STYLE) }
            for child in node.content { write(child) }
            emit { yaml_sequence_end_event_initialize($0) }
        case .mapping:
            emit { yaml_mapping_start_event_initialize($0, nil, nil, 1, YAML_BLOCK_MAPPING_STYLE) }
            for child in node.content { write(child) }
            emit { yaml_mapping_end_event_initialize($0) }
        }
    }

    private mutating func scalar(_ node: Node) {
        var style =
            switch node.style {
            case .plain: YAML_PLAIN_SCALAR_STYLE
            case .quoted: YAML_DOUBLE_QUOTED_SCALAR_STYLE
            case .single: YAML_SINGLE_QUOTED_SCALAR_STYLE
            case .literal: YAML_LITERAL_SCALAR_STYLE
            case .folded: YAML_FOLDED_SCALAR_STYLE
            }
        if node.style == .plain {
            if node.text.utf8.contains(0x0A) {
                style = YAML_LITERAL_SCALAR_STYLE
            } else if node.tag == .string, ScalarMeaning(plain: node.text).tag != .string {
                style = YAML_DOUBLE_QUOTED_SCALAR_STYLE
            }
        }
        var text = node.text
        text.withUTF8 { bytes in
            withUnsafePointer(to: UInt8(0)) { empty in
                emit {
                    yaml_scalar_event_initialize(
                        $0, nil, nil, bytes.baseAddress ?? empty, Int32(bytes.count), 1, 1, style)
                }
            }
        }
    }
}
