using System.Text;

namespace Mnist.Runner.Html.Formulas;

/// <summary>What LaTeX's commands for single symbols, functions, accents and letter styles mean in MathML.</summary>
internal static class LatexSymbols
{
    /// <summary>Letters: shown as identifiers.</summary>
    public static IReadOnlyDictionary<string, string> Letters { get; } = Table("""
        alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ
        nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω
        Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω
        partial ∂ nabla ∇ infty ∞ ell ℓ hbar ℏ Re ℜ Im ℑ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ dots … ldots … cdots ⋯ vdots ⋮ ddots ⋱
        """);

    /// <summary>Operators, relations, arrows and delimiters.</summary>
    public static IReadOnlyDictionary<string, string> Operators { get; } = Table("""
        cdot ⋅ times × div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet • odot ⊙ oplus ⊕ otimes ⊗ ominus ⊖
        le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ equiv ≡ propto ∝ cong ≅ coloneqq ≔
        in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ forall ∀ exists ∃ neg ¬ lnot ¬ land ∧ wedge ∧ lor ∨ vee ∨
        to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦
        longrightarrow ⟶ longmapsto ⟼ uparrow ↑ downarrow ↓ searrow ↘ nearrow ↗
        lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ langle ⟨ rangle ⟩ lvert | rvert | vert | mid | lVert ‖ rVert ‖ Vert ‖ parallel ∥
        lbrace { rbrace } lbrack [ rbrack ] backslash \ prime ′ colon : int ∫ iint ∬ oint ∮ top ⊤ intercal ⊺ dagger † ll ≪ gg ≫
        """);

    /// <summary>Operators whose limits stand above and below.</summary>
    public static IReadOnlyDictionary<string, string> Large { get; } = Table("""
        sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigodot ⨀
        """);

    /// <summary>Functions in upright letters.</summary>
    public static IReadOnlySet<string> Functions { get; } = new HashSet<string>(
        "exp log ln lg sin cos tan cot sinh cosh tanh arcsin arccos arctan det dim ker deg arg gcd Pr".Split(' '), StringComparer.Ordinal);

    /// <summary>Functions whose subscript stands below.</summary>
    public static IReadOnlySet<string> FunctionsWithLimits { get; } = new HashSet<string>(
        "max min sup inf lim argmax argmin".Split(' '), StringComparer.Ordinal);

    /// <summary>Accents above their argument.</summary>
    public static IReadOnlyDictionary<string, string> Accents { get; } = Table("""
        hat ^ widehat ^ bar ¯ overline ¯ tilde ~ widetilde ~ vec → overrightarrow → dot ˙ ddot ¨ overbrace ⏞
        """);

    /// <summary>Accents below their argument.</summary>
    public static IReadOnlyDictionary<string, string> AccentsBelow { get; } = Table("underline _ underbrace ⏟");

    /// <summary>Spaces, as a width in em.</summary>
    public static IReadOnlyDictionary<string, string> Spaces { get; } = Table("""
        , 0.167em : 0.222em > 0.222em ; 0.278em ! -0.167em quad 1em qquad 2em enspace 0.5em thinspace 0.167em
        """);

    /// <summary>Commands that change only sizes and positions that MathML sees to itself.</summary>
    public static IReadOnlySet<string> Ignored { get; } = new HashSet<string>(
        "displaystyle textstyle scriptstyle limits nolimits big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr nonumber notag".Split(' '), StringComparer.Ordinal);

    private static readonly Dictionary<string, (int Upper, int Lower, string Exceptions)> Alphabets = new(StringComparer.Ordinal)
    {
        ["mathbf"] = (0x1D400, 0x1D41A, ""),
        ["boldsymbol"] = (0x1D468, 0x1D482, ""),
        ["bm"] = (0x1D468, 0x1D482, ""),
        ["mathbb"] = (0x1D538, 0x1D552, "CℂHℍNℕPℙQℚRℝZℤ"),
        ["mathcal"] = (0x1D49C, 0x1D4B6, "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ"),
    };

    public static bool IsAlphabet(string command) => Alphabets.ContainsKey(command);

    /// <summary>A letter in another alphabet; other characters as they are.</summary>
    public static string InAlphabet(string command, char letter)
    {
        (int upper, int lower, string exceptions) = Alphabets[command];
        int known = exceptions.IndexOf(letter, StringComparison.Ordinal);
        if (known >= 0 && known % 2 == 0) return exceptions[known + 1].ToString();
        if (char.IsAsciiLetterUpper(letter)) return new Rune(upper + letter - 'A').ToString();
        if (char.IsAsciiDigit(letter) && command == "mathbf") return new Rune(0x1D7CE + letter - '0').ToString();
        return char.IsAsciiLetterLower(letter) ? new Rune(lower + letter - 'a').ToString() : letter.ToString();
    }

    private static Dictionary<string, string> Table(string text)
    {
        string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var table = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int index = 0; index < words.Length; index += 2) table[words[index]] = words[index + 1];
        return table;
    }
}
