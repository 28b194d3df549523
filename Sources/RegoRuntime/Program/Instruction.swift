/// One fixed-width step (16 bytes) of a compiled rule.
///
/// Operands named `register` index the frame. Operands named `value` index the frame or, with `Operand.constantBit`
/// set, the program's constants. `target` is where execution goes on when the step has no result.
@frozen
public struct Instruction: Sendable, BitwiseCopyable {
    public enum Operation: UInt8, Sendable, BitwiseCopyable, CaseIterable {
        /// `a ← value b`
        case move
        /// `a ←` the input document; to `target` when there is none.
        case input
        /// `a ←` the base document at constant path `b`; to `target` when there is none.
        case base
        /// `a ← (value b)[value c]`; to `target` when undefined.
        case member
        /// `a ← (value b)` followed along the keys of constant array `c`; to `target` when undefined.
        case path
        /// Starts iterating value `b` with the state in registers `a`, `a+1`; to `target` when it has no elements.
        case loopBegin
        /// Next element of the loop at `a`: key to register `b`, element to register `c` (`Operand.none` for unwanted
        /// ones); to `target` at the end.
        case loopNext
        /// Goes on at the place in the function that constant object `c` has for value `b`; to `target` when it has none.
        case dispatch
        /// To `target` when value `b` is false or undefined.
        case test
        /// To `target` when value `b` is not a collection.
        case isCollection
        /// To `target` unless value `b` is an array of `c` elements.
        case isArray
        /// To `target` unless value `b` is an object of `c` keys.
        case isObject
        /// To `target` unless value `b` = value `c` (the six comparisons).
        case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
        /// `a ← value b ∘ value c`; to `target` when undefined.
        case add, subtract, multiply, divide, remainder
        /// `a ←` how many elements value `b` has; builtin `c` is `count`, for what is no collection; to `target` when undefined.
        case count
        /// `a ←` builtin `b` of the `x` values that the next steps hold; to `target` when undefined.
        case callBuiltin
        /// `a ←` function `b` of the `x` values that the next steps hold; to `target` when undefined.
        case callFunction
        /// `a ←` the virtual document that function `b` computes; to `target` when undefined.
        case callRule
        /// As `callBuiltin`, `callFunction`, `callRule`, where a `with` may have replaced the callee.
        case callBuiltinReplaceable, callFunctionReplaceable, callRuleReplaceable
        /// Values `b`, `c` and `target` are operands of the call before; never executed.
        case operands
        /// `a ←` the whole document at node register `b`, when it is a node.
        case materialize
        /// `a ←` array, set, or object (of pairs) of the `c` registers from `b`.
        case makeArray, makeSet, makeObject
        /// `a ←` an object with the keys of constant object `c` and, in their order, the values in the registers from `b`.
        case makeRecord
        /// `a ←` mark of a new collection.
        case collectBegin
        /// Adds value `b` to the newest collection.
        case collect
        /// Adds key `b` and value `c` to the newest collection.
        case collectPair
        /// `a ←` the collection begun at mark register `b`, which ends.
        case sealArray, sealSet
        /// As `sealSet`, an object; equal keys with different values are a conflict.
        case sealObject
        /// `a ←` an object of the pairs collected since mark register `b`, those with equal keys together in an array
        /// (`x` = 0) or a set (`x` = 1).
        case sealGroups
        /// `a ←` the group of object `b` under key `c`; an empty array or set (`x`) when there is none.
        case group
        /// Adds the path of `x` registers from `b` with value `c` to the newest collection; `a` is the kind of leaf.
        case collectPath
        /// `a ←` the nested object of the paths collected since mark register `b`.
        case sealPaths
        /// `a ← value b`; another value than the one already there is a conflict of kind `x`.
        case assign
        /// Undefines register `a`.
        case clear
        /// Goes on at `target`.
        case jump
        /// To `target` when value `b` is defined.
        case jumpIfDefined
        /// Ends the function with value `b`.
        case returnValue
        /// Ends the function without a value.
        case returnUndefined
        /// Enters the `with` modifiers of site `b`, whose values are in registers from `c`.
        case withBegin
        /// Leaves the innermost `with`.
        case withEnd
        /// Expression or rule `b` of the instrumentation table is reached.
        case mark
        /// From here on reads serve the message only (`x` = 1) or decide the outcome (`x` = 0).
        case readMode
        /// As `member` in a base document, whose keys may be written as numbers and whose indices as strings.
        case baseMember
        /// Remembers, while origins are recorded, that the element in value `b` was produced from the reads so far.
        case recordOrigin
        /// Remembers that a rule with the labels in constant `b` had a value.
        case recordLabels
    }

    public var operation: Operation
    public var x: UInt8
    public var a: UInt16
    public var b: UInt32
    public var c: UInt32
    public var target: UInt32

    @inlinable
    public init(_ operation: Operation, x: UInt8 = 0, a: UInt16 = 0, b: UInt32 = 0, c: UInt32 = 0, target: UInt32 = 0) {
        self.operation = operation
        self.x = x
        self.a = a
        self.b = b
        self.c = c
        self.target = target
    }
}

/// How `Instruction` names values.
public enum Operand {
    /// Set in an index that counts constants instead of registers.
    public static let constantBit: UInt32 = 0x8000_0000
    /// No register.
    public static let none: UInt32 = 0xFFFF
}
