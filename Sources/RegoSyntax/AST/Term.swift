/// A value, var, ref, call or comprehension with its place.
public struct Term: Sendable {
    public var value: TermValue
    public var location: Location

    @inlinable
    public init(_ value: TermValue, location: Location) {
        self.value = value
        self.location = location
    }

    /// The text of a string term or the name of a var term.
    public var stringOrVarName: String? {
        switch value {
        case .string(let text), .var(let text): text
        default: nil
        }
    }
}

/// What a term is; OPA's value kinds before evaluation.
public enum TermValue: Sendable {
    case null
    case bool(Bool)
    /// The number as written, so that no digit is lost.
    case number(String)
    case string(String)
    /// `$"…{expr}…"`.
    case templateString(TemplateString)
    /// A name; `_` is numbered `$0`, `$1`, … in source order, each a var of its own.
    case `var`(String)
    /// A path of at least one term; `data` and `input` alone are refs of one term.
    case ref(Ref)
    case array([Term])
    case object([ObjectItem])
    case set([Term])
    /// A call, infix operators included, inside another term.
    indirect case call(Call)
    indirect case arrayComprehension(Comprehension)
    indirect case setComprehension(Comprehension)
    indirect case objectComprehension(ObjectComprehension)

    /// True for `_`.
    public var isWildcard: Bool {
        if case .var(let name) = self { return name.utf8.first == UInt8(ascii: "$") }
        return false
    }
}

/// A path: a head and what follows it.
///
/// The head is a var, or any array, object, set, call or comprehension (`[1, 2][i]`, `f(x).y`);
/// `.name` is a string term, `[…]` any term.
public struct Ref: Sendable {
    public var terms: [Term]

    @inlinable
    public init(_ terms: [Term]) { self.terms = terms }

    /// The dotted name when the head is a var and the rest are strings, as builtins and functions are called.
    public var builtinName: String? {
        guard let first = terms.first, case .var(var name) = first.value else { return nil }
        for term in terms.dropFirst() {
            guard case .string(let part) = term.value else { return nil }
            name += "."
            name += part
        }
        return name
    }
}

/// One `key: value` of an object term.
public struct ObjectItem: Sendable {
    public var key: Term
    public var value: Term

    public init(key: Term, value: Term) {
        self.key = key
        self.value = value
    }
}

/// `[head | body]` or `{head | body}`.
public struct Comprehension: Sendable {
    public var head: Term
    public var body: Body

    public init(head: Term, body: Body) {
        self.head = head
        self.body = body
    }
}

/// `{key: value | body}`.
public struct ObjectComprehension: Sendable {
    public var key: Term
    public var value: Term
    public var body: Body

    public init(key: Term, value: Term, body: Body) {
        self.key = key
        self.value = value
        self.body = body
    }
}

/// `$"…{expr}…"`, or `` $`…{expr}…` `` when raw.
public struct TemplateString: Sendable {
    public enum Part: Sendable {
        /// Text with escapes resolved; never empty.
        case literal(String)
        /// The expression in braces; its `with` modifiers apply to it alone.
        case expr(Expr)
    }

    public var parts: [Part]
    public var isRaw: Bool

    public init(parts: [Part], isRaw: Bool) {
        self.parts = parts
        self.isRaw = isRaw
    }
}
