import Documents
import RegoRuntime
import RegoSyntax

/// What follows from types for the variables of terms as written, as OPA's `unify1` and `unify2` find it.
extension BodyTypes {
    /// Whether nothing is known of some part of the term.
    func isUnknown(_ term: CoreTerm) -> Bool {
        switch term {
        case .local(let id): types[id] == nil
        case .array(let terms): terms.contains(where: isUnknown)
        case .object(let entries): entries.contains { isUnknown($0.key) || isUnknown($0.value) }
        case .constant, .set, .ref, .comprehension: false
        }
    }

    /// Whether two terms can be equal; gives the variables of each what is known of the other.
    func agree(
        _ left: CoreTerm, _ leftType: RegoType, _ right: CoreTerm, _ rightType: RegoType, at location: Location
    ) -> Bool {
        switch (isUnknown(left), isUnknown(right)) {
        case (true, false): return take(rightType, left, of: leftType, isStrict: false)
        case (false, true): return take(leftType, right, of: rightType, isStrict: false)
        case (false, false): return leftType.overlaps(rightType, isStrict: false)
        case (true, true): break
        }
        switch (left, right) {
        case (_, .local): return takeAll(left) && take(leftType, right, of: .any)
        case (.local, _): return takeAll(right) && take(rightType, left, of: .any)
        default:
            return CoreTerm.pairs(left, right)?.allSatisfy { first, second in
                agree(first, type(of: first, at: location), second, type(of: second, at: location), at: location)
            } ?? false
        }
    }

    /// Takes as any what nothing is known of in a term.
    func takeAll(_ term: CoreTerm) -> Bool {
        guard let parts = Parts(term) else { return take(.any, term, of: .any) }
        return parts.all.allSatisfy { take(.any, $0, of: .any) }
    }

    /// Whether a term can have a type; gives its variables what follows from it.
    /// - Parameters:
    ///   - given: the type that the term has.
    ///   - isOneOf: whether the type is one of several, so that what is known of variables is another.
    func take(_ type: RegoType, _ term: CoreTerm, of given: RegoType, isOneOf: Bool = false, isStrict: Bool = true) -> Bool {
        if case .local(let id) = term {
            if !isOneOf, let known = types[id] { return known.overlaps(type, isStrict: isStrict) }
            types[id] = narrowed(isOneOf ? .oneOf([types[id], type].compactMap { $0 }) : type, of: id)
            return true
        }
        guard let parts = Parts(term) else { return type == .any || given.overlaps(type, isStrict: isStrict) }
        if type == .any {
            for part in parts.all { _ = take(.any, part, of: .any, isOneOf: true) }
            return true
        }
        if case .union(let members) = type {
            return members.reduce(false) { take($1, term, of: given, isOneOf: true, isStrict: isStrict) || $0 }
        }
        return parts.fit(type) { take($0, $1, of: RegoType(written: $1), isOneOf: isOneOf, isStrict: isStrict) }
    }
}

/// An array, object or set as it is written.
private enum Parts {
    case array([CoreTerm])
    case object([(key: CoreTerm, value: CoreTerm)])
    case set([CoreTerm])

    init?(_ term: CoreTerm) {
        switch term {
        case .array(let terms): self = .array(terms)
        case .set(let terms): self = .set(terms)
        case .object(let entries): self = .object(entries)
        case .constant(let value) where value.kind == .array: self = .array(value.elements.map { .constant($0) })
        case .constant(let value) where value.kind == .set: self = .set(value.elements.map { .constant($0) })
        case .constant(let value) where value.kind == .object:
            self = .object(zip(value.keys, value.values).map { (.constant($0), .constant($1)) })
        case .constant, .local, .ref, .comprehension: return nil
        }
    }

    var all: [CoreTerm] {
        switch self {
        case .array(let terms), .set(let terms): terms
        case .object(let entries): entries.flatMap { [$0.key, $0.value] }
        }
    }

    /// Whether each part can have the type that a collection of the type asks of it.
    func fit(_ type: RegoType, _ take: (RegoType, CoreTerm) -> Bool) -> Bool {
        switch (self, type) {
        case (.array(let terms), .array(let leading, let rest)):
            if terms.count != leading.count, rest == nil { return false }
            return zip(terms.indices, terms).allSatisfy { index, term in
                (index < leading.count ? leading[index] : rest).map { take($0, term) } ?? false
            }
        case (.set(let terms), .set(let element)): return terms.allSatisfy { take(element, $0) }
        case (.object(let entries), .object(let properties, let rest)):
            if entries.count != properties.count, rest == nil { return false }
            return entries.allSatisfy { entry in
                // What is under a computed key may be under any.
                guard case .constant(let key) = entry.key else { return take(.any, entry.value) || true }
                return type.member(key).map { take($0, entry.value) } ?? false
            }
        default: return false
        }
    }
}

extension RegoType {
    /// The type of a constant that is a part of a term; any for other parts, which are variables or have parts of their own.
    fileprivate init(written term: CoreTerm) {
        if case .constant(let value) = term { self.init(of: value) } else { self = .any }
    }
}
