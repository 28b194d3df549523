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
    mutating func check(_ node: Node, _ shape: Shape) { if node.isSet { check(node, shape.plan, inStatus: false) } }

    mutating func run() { check(inspection.root, root.plan, inStatus: false) }

    private mutating func check(_ node: Node, _ plan: ShapePlan.Pointer, inStatus: Bool) {
        let value = node.value
        if value.kind == .null || inspection.isFull { return }
        switch plan.pointee.form {
        case .any: return
        case .object:
            guard value.kind == .object else { return mistyped(node, plan.pointee.shape) }
            for index in 0..<value.count {
                let number = plan.pointee.fieldIndex(value.keys[index])
                if number < 0 {
                    unknown(node.child(at: index), in: plan.pointee.shape, of: node)
                } else {
                    check(node, field: number, of: plan, at: index, inStatus: inStatus)
                }
            }
        case .array:
            guard value.kind == .array, let element = plan.pointee.element else { return mistyped(node, plan.pointee.shape) }
            if element.pointee.form == .string, !value.elements.contains(where: { $0.kind != .string }) { return }
            for index in 0..<value.count { check(node.element(index), element, inStatus: inStatus) }
        case .map:
            guard value.kind == .object, let element = plan.pointee.element else { return mistyped(node, plan.pointee.shape) }
            if element.pointee.form == .string, !value.values.contains(where: { $0.kind != .string }) { return }
            for index in 0..<value.count { check(node.child(at: index), element, inStatus: inStatus) }
        case .string:
            if value.kind != .string { mistyped(node, plan.pointee.shape) }
        default: checkScalar(node, plan.pointee.shape)
        }
    }

    private mutating func check(
        _ parent: Node, field number: Int, of plan: ShapePlan.Pointer, at index: Int, inStatus: Bool
    ) {
        guard let field = plan.pointee.fields?[number] else { return }
        let value = parent.value.values[index]
        if field.form == .string, value.kind == .string, !field.hasValues { return }
        let node = parent.child(at: index)
        // What clients write there is not kept, so the server does not look at its meaning.
        let inStatus = inStatus || parent.link < 0 && field.isStatus
        check(node, field.plan, inStatus: inStatus)
        guard field.hasValues, !inStatus, let allowed = plan.pointee.shape.fields[number].values else { return }
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
        case .any, .string, .object, .array, .map: break
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
        let (message, hint, meant) = search.explanation(of: child, in: shape, parent: parent)
        inspection.report(.unknownField, child.path, at: .key, message, hint: hint, meant: meant)
    }
}
