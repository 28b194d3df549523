import Documents
import Text

extension Builtins {
    /// Object functions (OPA policy reference, "Object").
    static let objects: [Builtin] = [
        Builtin(
            "object.get",
            help: "(object, key, default) The value at a key or along a path of keys; the default when it is missing.",
            .anyObject, .any, .any, returns: .any, work: .constant
        ) { call in
            guard let object = call.objectOperand(0) else { return .undefined }
            var member = object
            if call[1].kind == .array {
                for key in call[1].elements {
                    member = member.member(key)
                    if member.isUndefined { break }
                }
            } else {
                member = object.member(call[1])
            }
            return member.isDefined ? member : call[2]
        },
        Builtin("object.keys", help: "(object) The keys as a set.", .anyObject, returns: .anySet) { call in
            guard let object = call.objectOperand(0) else { return .undefined }
            return call.arena.set(sorted: object.keys)
        },
        Builtin(
            "object.remove", help: "(object, keys) The object without the keys named.", .anyObject, keysType, returns: .anyObject,
            work: .sorting
        ) { $0.selectKeys(keepsListed: false) },
        Builtin(
            "object.filter", help: "(object, keys) The object with only the keys named.", .anyObject, keysType,
            returns: .anyObject, work: .sorting
        ) { $0.selectKeys(keepsListed: true) },
        Builtin(
            "object.subset", help: "(super, sub) Whether the first collection holds all that the second has.", subsetType,
            subsetType, returns: .boolean
        ) { call in
            let (whole, part) = (call[0], call[1])
            if whole.kind == part.kind, whole.isCollection { return call.isSubset(part, of: whole) }
            if whole.kind == .array, part.kind == .set {
                // As in OPA: each element of the array that the set has counts, twice if it is there twice, and an
                // empty array holds not even the empty set.
                guard call.context.spend(1 + whole.count) else { return call.stopped() }
                var missing = part.count
                for element in whole.elements {
                    if part.keyIndex(element) >= 0 { missing -= 1 }
                    if missing == 0 { return .true }
                }
                return .false
            }
            return call.typeFailure("both arguments object.subset must be of the same type or array and set")
        },
        Builtin(
            "object.union", help: "(x, y) Both objects merged; where both have a value the second wins.", .anyObject, .anyObject,
            returns: .anyObject
        ) { call in
            guard let left = call.objectOperand(0), let right = call.objectOperand(1) else { return .undefined }
            return ObjectAlgebra.union(left, right, call.arena)
        },
        Builtin(
            "object.union_n", help: "(objects) All objects of an array merged; later ones win.", .array(of: .anyObject),
            returns: .anyObject
        ) { call in
            guard let objects = call.arrayOperand(0) else { return .undefined }
            for object in objects.elements where object.kind != .object {
                return call.elementError(0, holds: object, wants: "object")
            }
            guard let first = objects.elements.first else { return call.arena.object([ObjectEntry]()) }
            var union = first
            for object in objects.elements.dropFirst() {
                guard call.context.spend(union.count + object.count),
                    call.context.hasRoom(for: 32 * (union.count + object.count))
                else { return call.context.spend(0) ? call.exceedsMemory() : call.stopped() }
                union = ObjectAlgebra.union(union, object, call.arena)
            }
            return union
        },
    ]

    private static let keysType = RegoType.union([.anyArray, .anyObject, .anySet])
    private static let subsetType = RegoType.union([.anyArray, .anyObject, .anySet])
}

extension BuiltinCall {
    fileprivate mutating func isSubset(_ part: Value, of whole: Value) -> Value {
        ObjectAlgebra.isSubset(part, of: whole, context).map { .bool($0) } ?? stopped()
    }

    /// The object with or without the keys that the second operand lists.
    fileprivate mutating func selectKeys(keepsListed: Bool) -> Value {
        guard let object = objectOperand(0) else { return .undefined }
        let listed = operands[1]
        guard listed.isCollection else { return typeError(1, wantsOneOf: "object, set, array") }
        let keys = listed.kind == .array ? arena.set(Array(listed.elements)) : listed
        var entries: [ObjectEntry] = []
        // Of equal keys written differently (`0`, `-0`) OPA keeps those of the larger one.
        let keepsTheirs = keepsListed && object.count < keys.count
        for (index, key) in object.keys.enumerated() {
            let place = keys.keyIndex(key)
            if (place >= 0) != keepsListed { continue }
            entries.append(ObjectEntry(key: keepsTheirs ? keys.elements[place] : key, value: object.values[index]))
        }
        if entries.count == object.count, !keepsTheirs { return object }
        return entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
    }
}

/// Merging and comparing objects.
enum ObjectAlgebra {
    /// Both objects' entries; where both have a key the right value wins, except that objects are merged in turn.
    static func union(_ left: Value, _ right: Value, _ arena: Arena) -> Value {
        if left.count == 0 { return right }
        if right.count == 0 { return left }
        guard WorkMeter.charge(4 &+ 2 &* (left.count &+ right.count)) else { return left }
        var entries: [ObjectEntry] = []
        entries.reserveCapacity(left.count + right.count)
        var i = 0, j = 0
        while i < left.count || j < right.count {
            let order =
                i == left.count ? 1 : j == right.count ? -1 : ValueOrder.compare(left.keys[i], right.keys[j])
            if order < 0 {
                entries.append(ObjectEntry(key: left.keys[i], value: left.values[i]))
            } else if order > 0 {
                entries.append(ObjectEntry(key: right.keys[j], value: right.values[j]))
            } else {
                let (old, new) = (left.values[i], right.values[j])
                let isNested = old.kind == .object && new.kind == .object
                entries.append(ObjectEntry(key: left.keys[i], value: isNested ? union(old, new, arena) : new))
            }
            if order <= 0 { i += 1 }
            if order >= 0 { j += 1 }
        }
        return entries.withUnsafeBufferPointer { arena.object(sorted: $0) }
    }

    /// Whether `part` is contained in `whole`, a collection of the same kind: objects recursively by key, arrays as
    /// a contiguous run, sets by element; nil when that takes more than the budget.
    static func isSubset(_ part: Value, of whole: Value, _ context: EvaluationContext) -> Bool? {
        switch part.kind {
        case .set:
            guard context.spend(2 &+ part.count &* 2) else { return nil }
            return part.elements.allSatisfy { whole.keyIndex($0) >= 0 }
        case .array:
            if part.count > whole.count { return false }
            for start in 0...(whole.count - part.count) {
                var same = 0
                while same < part.count, whole.elements[start + same] == part.elements[same] {
                    same += 1
                    if same & 4095 == 0, !context.spend(4096) { return nil }
                }
                guard context.spend(1 &+ same & 4095) else { return nil }
                if same == part.count { return true }
            }
            return false
        default:
            for index in part.keys.indices {
                let (wanted, found) = (part.values[index], whole.member(part.keys[index]))
                guard context.spend(8) else { return nil }
                if wanted == found { continue }
                guard found.isCollection, wanted.kind == found.kind else { return false }
                guard let isPart = isSubset(wanted, of: found, context) else { return nil }
                if !isPart { return false }
            }
            return true
        }
    }
}
