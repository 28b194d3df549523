import Documents

/// What `StructureCheck` asks of a shape at each node of an object, in plain memory: following it counts no references, which
/// all threads would count on the same words. It lives as long as its shape.
struct ShapePlan {
    typealias Pointer = UnsafePointer<ShapePlan>

    struct Field {
        let plan: Pointer
        let form: Shape.Form
        /// Whether only some texts are allowed; the shape's own field has them.
        let hasValues: Bool
        let isStatus: Bool
    }

    let form: Shape.Form
    /// The shape that the plan belongs to.
    unowned(unsafe) let shape: Shape
    fileprivate(set) var names: Value = .undefined
    fileprivate(set) var fields: UnsafeMutablePointer<Field>?
    /// The plan of the elements of an array or the values of a map.
    fileprivate(set) var element: Pointer?

    init(_ shape: Shape) {
        form = shape.form
        self.shape = shape
    }

    /// The number of the field a key names, or -1.
    @inline(__always)
    func fieldIndex(_ key: Value) -> Int { fields == nil ? -1 : names.keyIndex(key) }
}

extension UnsafeMutablePointer<ShapePlan> {
    /// A plan for a shape without fields and elements so far.
    static func make(for shape: Shape) -> Self {
        let plan = allocate(capacity: 1)
        plan.initialize(to: ShapePlan(shape))
        return plan
    }

    /// Takes over the fields of the shape, now that it has all of them.
    func takeFields() {
        pointee.fields?.deallocate()
        pointee.fields = nil
        pointee.names = pointee.shape.names
        let fields = pointee.shape.fields
        if fields.isEmpty { return }
        let table = UnsafeMutablePointer<ShapePlan.Field>.allocate(capacity: fields.count)
        for (index, field) in fields.enumerated() {
            (table + index).initialize(
                to: ShapePlan.Field(
                    plan: UnsafePointer(field.shape.plan), form: field.shape.form, hasValues: field.values != nil,
                    isStatus: field.name == "status"))
        }
        pointee.fields = table
    }

    func takeElement() { pointee.element = pointee.shape.element.map { UnsafePointer($0.plan) } }

    func free() {
        pointee.fields?.deallocate()
        deallocate()
    }
}
