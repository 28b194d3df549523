/// A conjunction of expressions.
public struct Body: Sendable {
    public var exprs: [Expr]
    /// True for an operand of `not`, `and` or `or` without braces, which must not declare vars.
    public var isImplicit: Bool

    public init(_ exprs: [Expr], isImplicit: Bool = false) {
        self.exprs = exprs
        self.isImplicit = isImplicit
    }
}

/// One statement of a body.
public struct Expr: Sendable {
    public enum Kind: Sendable {
        /// A term that must be defined and not `false`.
        case term(Term)
        /// A call at the top of the statement, operators included (`x := 1` calls `assign`); see `Operator`.
        case call(Call)
        /// `some x, y` or `some x in xs`.
        indirect case someDecl(SomeDecl)
        /// `every k, v in xs { … }`.
        indirect case every(Every)
        /// Any `not` once `future.keywords.not` is imported; `negated` is false then.
        case not(Body)
        /// `a and b`, enabled by `future.keywords.and`; an operand without braces is an implicit body of one.
        case logicalAnd(Body, Body)
        /// `a or b`, enabled by `future.keywords.or`.
        case logicalOr(Body, Body)
    }

    public var kind: Kind
    /// True for a leading `not`.
    public var negated: Bool
    public var with: [With]
    public var location: Location

    public init(_ kind: Kind, negated: Bool = false, with: [With] = [], location: Location) {
        self.kind = kind
        self.negated = negated
        self.with = with
        self.location = location
    }
}

/// `operator(args…)`; infix operators are calls of OPA's operator names.
public struct Call: Sendable {
    public var `operator`: Ref
    public var args: [Term]

    public init(operator function: Ref, args: [Term]) {
        self.operator = function
        self.args = args
    }

    /// The infix operator, when the operator is one of OPA's operator names.
    public var infix: Operator? { self.operator.builtinName.flatMap(Operator.init(rawValue:)) }

    /// The operator's own place: the function's name, or the infix symbol.
    public var operatorLocation: Location {
        guard let first = self.operator.terms.first, let last = self.operator.terms.last else {
            return Location(start: 0, end: 0)
        }
        return Location(start: first.location.start, end: last.location.end)
    }
}

/// OPA's names of infix operators, as written in the operator ref of a call.
public enum Operator: String, Sendable, CaseIterable {
    case assign, eq
    case equal, neq, lt, lte, gt, gte
    case plus, minus, mul, div, rem
    /// `&`: set intersection.
    case and
    /// `|`: set union.
    case or
    /// `x in xs`.
    case member = "internal.member_2"
    /// `k, v in xs`.
    case memberWithKey = "internal.member_3"
}

/// A `some` declaration.
public enum SomeDecl: Sendable {
    /// `some x, y`: var terms.
    case vars([Term])
    /// `some v in xs` and `some k, v in xs`; key and value may be patterns.
    case membership(key: Term?, value: Term, domain: Term)
}

/// `every k, v in xs { … }`; key and value are var terms.
public struct Every: Sendable {
    public var key: Term?
    public var value: Term
    public var domain: Term
    public var body: Body

    public init(key: Term? = nil, value: Term, domain: Term, body: Body) {
        self.key = key
        self.value = value
        self.domain = domain
        self.body = body
    }
}

/// `with target as value`; the target is a ref or var term.
public struct With: Sendable {
    public var target: Term
    public var value: Term
    public var location: Location

    public init(target: Term, value: Term, location: Location) {
        self.target = target
        self.value = value
        self.location = location
    }
}
