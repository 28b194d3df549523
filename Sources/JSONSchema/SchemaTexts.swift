package import Documents

/// What a schema asks of texts but cannot know itself: regular expressions and the values of `format`.
package protocol SchemaTexts: AnyObject {
    /// Whether the regular expression can be used.
    func isValid(_ pattern: Value) -> Bool
    /// Whether the pattern matches anywhere in the text; never if one of them is not usable.
    func matches(_ pattern: Value, _ text: Value) -> Bool
    /// Whether a text is of a format; of an unknown one every text is.
    func accepts(_ text: Value, format: String) -> Bool
    /// A bound as messages show it.
    func shown(_ number: Value) -> String
}
