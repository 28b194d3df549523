import Documents

/// Compares an object with the shape of its kind, as the API server decodes it: strictly, letter by letter.
struct StructureCheck {
    let inspection: Inspection
    let catalogue: TypeCatalogue
    /// The kind's own shape, where fields that are at the wrong level are looked for.
    let root: Shape
    let type: TypeReference
    /// The places where the object cannot be decoded.
    private(set) var causes: [DocumentPath] = []

    init(_ inspection: Inspection, catalogue: TypeCatalogue, root: Shape, type: TypeReference) {
        self.inspection = inspection
        self.catalogue = catalogue
        self.root = root
        self.type = type
    }

    /// Checks a part of the object.
    mutating func check(_ node: Node, _ shape: Shape) { if node.isSet { check(node, shape, inStatus: false) } }

    mutating func run() { check(inspection.root, root, inStatus: false) }

    private mutating func check(_ node: Node, _ shape: Shape, inStatus: Bool) {
        let value = node.value
        if value.kind == .null || inspection.isFull { return }
        switch shape.form {
        case .any: return
        case .object:
            guard value.kind == .object else { return mistyped(node, shape) }
            for index in 0..<value.count {
                let number = shape.fieldIndex(value.keys[index])
                if number < 0 {
                    unknown(node.child(at: index), in: shape, of: node)
                } else {
                    check(node, field: shape.fields[number], at: index, inStatus: inStatus)
                }
            }
        case .array:
            guard value.kind == .array, let element = shape.element else { return mistyped(node, shape) }
            if element.isPlainText, !value.elements.contains(where: { $0.kind != .string }) { return }
            for index in 0..<value.count { check(node.element(index), element, inStatus: inStatus) }
        case .map:
            guard value.kind == .object, let element = shape.element else { return mistyped(node, shape) }
            if element.isPlainText, !value.values.contains(where: { $0.kind != .string }) { return }
            for index in 0..<value.count { check(node.child(at: index), element, inStatus: inStatus) }
        default: checkScalar(node, shape)
        }
    }

    private mutating func check(_ parent: Node, field: Shape.Field, at index: Int, inStatus: Bool) {
        let value = parent.value.values[index]
        if field.shape.isPlainText, value.kind == .string, field.values == nil { return }
        let node = parent.child(at: index)
        // What clients write there is not kept, so the server does not look at its meaning.
        let inStatus = inStatus || parent.link < 0 && field.name == "status"
        check(node, field.shape, inStatus: inStatus)
        guard let allowed = field.values, !inStatus else { return }
        if value.kind == .string, value.count > 0, !allowed.contains(where: { $0.utf8.elementsEqual(value.utf8) }) {
            node.unsupported(allowed)
        } else if value.kind == .array {
            for element in node.elements where element.value.kind == .string && !element.isEmptyText {
                if !allowed.contains(where: { $0.utf8.elementsEqual(element.value.utf8) }) {
                    element.unsupported(allowed)
                }
            }
        }
    }

    private mutating func checkScalar(_ node: Node, _ shape: Shape) {
        let value = node.value
        switch shape.form {
        case .string:
            if value.kind != .string { mistyped(node, shape) }
        case .boolean:
            if value.kind != .bool { mistyped(node, shape) }
        case .int32, .int64: checkInteger(node, shape)
        case .number:
            if !value.isNumber { mistyped(node, shape) }
        case .intOrString:
            if value.kind != .string { checkInteger(node, shape) }
        case .quantity: checkQuantity(node, shape)
        case .bytes:
            guard value.kind == .string else { return mistyped(node, shape) }
            if let place = Base64Rule.firstBadByte(value.utf8) { badBase64(node, at: place) }
        case .time, .microTime:
            guard value.kind == .string else { return mistyped(node, shape) }
            if !TimeText.isRFC3339(value.utf8, needsMicroseconds: shape.form == .microTime) { badTime(node, shape) }
        case .any, .object, .array, .map: break
        }
    }

    private mutating func checkInteger(_ node: Node, _ shape: Shape) {
        let value = node.value
        guard value.isNumber else { return mistyped(node, shape) }
        let isNarrow = shape.form != .int64
        guard let number = value.integerValue else {
            let isWhole = !value.utf8.contains(0x2E) && !value.utf8.contains(0x65) && !value.utf8.contains(0x45)
            if isWhole { return outOfRange(node, bits: isNarrow ? 32 : 64) }
            return mistyped(node, shape)
        }
        if isNarrow, Int32(exactly: number) == nil { outOfRange(node, bits: 32) }
    }

    private mutating func checkQuantity(_ node: Node, _ shape: Shape) {
        let value = node.value
        guard value.kind == .string || value.isNumber else { return mistyped(node, shape) }
        if value.kind == .int { return }
        if Quantity(value.utf8) == nil {
            causes.append(node.path)
            node.invalid(
                "\(node.name) is \(Wording.shown(value)), which is not a quantity",
                hint: Quantity.advice(on: value.string))
        }
    }

    // MARK: Findings

    private mutating func badBase64(_ node: Node, at place: Int) {
        causes.append(node.path)
        node.invalid(
            "\(node.name) is not base64: byte \(place + 1) of \(node.value.count) does not belong there",
            hint: node.path.steps.first == .key("data")
                ? "encode the value (base64 -w0), or put the plain text under stringData"
                : "encode the value (base64 -w0)")
    }

    private mutating func badTime(_ node: Node, _ shape: Shape) {
        causes.append(node.path)
        let example = shape.form == .microTime ? "2026-01-31T08:00:00.000000Z" : "2026-01-31T08:00:00Z"
        node.invalid(
            "\(node.name) is \(Wording.shown(node.value)), which is not a time", hint: "write it as \(example)")
    }

    private mutating func outOfRange(_ node: Node, bits: Int) {
        causes.append(node.path)
        inspection.report(
            .wrongType, node.path, at: .value,
            "\(node.name) is \(Wording.shown(node.value)), which does not fit a whole number of \(bits) bits")
    }

    private mutating func mistyped(_ node: Node, _ shape: Shape) {
        causes.append(node.path)
        let (message, hint) = TypeExplanation.of(node, wanted: shape)
        inspection.report(.wrongType, node.path, at: .value, message, hint: hint)
    }

    private mutating func unknown(_ child: Node, in shape: Shape, of parent: Node) {
        causes.append(child.path)
        let search = FieldSearch(catalogue: catalogue, root: root, release: inspection.release, type: type)
        let (message, hint) = search.explanation(of: child, in: shape, parent: parent)
        inspection.report(.unknownField, child.path, at: .key, message, hint: hint)
    }
}

extension Shape {
    /// Any text passes.
    @inline(__always)
    var isPlainText: Bool { form == .string }
}
