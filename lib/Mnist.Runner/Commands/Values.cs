using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Mnist.Runner.Commands;

/// <summary>Options whose bad values are answered with one line that says what was given and what is possible.</summary>
internal static class Values
{
    public static Option<int> Whole(string name, string description, int byDefault, int least, int most = int.MaxValue) =>
        Create(name, "N", description, byDefault, $"a whole number from {least}{(most == int.MaxValue ? " on" : $" to {most}")}",
            text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most ? number : null);

    public static Option<uint> Seed(string name, string description, uint byDefault) =>
        Create(name, "N", description, byDefault, $"a whole number from 0 to {uint.MaxValue}",
            text => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) ? number : (uint?)null);

    public static Option<float> Positive(string name, string description, float byDefault) =>
        Create(name, "X", description, byDefault, "a number greater than 0, as 0.01 or 1e-2",
            text => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float number) && float.IsFinite(number) && number > 0 ? number : (float?)null);

    public static Option<double> Seconds(string name, string description, double byDefault, double most) =>
        Create(name, "SECONDS", description, byDefault, string.Create(CultureInfo.InvariantCulture, $"a number of seconds greater than 0 and up to {most:0}, as 30 or 0.5"),
            text => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number > 0 && number <= most ? number : (double?)null);

    /// <summary>One of an enumeration's names, in lower case; null when not given.</summary>
    public static Option<T?> Choice<T>(string name, string description, T byDefault) where T : struct, Enum
    {
        string[] names = [.. Enum.GetNames<T>().Select(choice => choice.ToLowerInvariant())];
        return new(name)
        {
            Description = $"{description} [default: {byDefault.ToString().ToLowerInvariant()}]",
            HelpName = string.Join('|', names),
            CustomParser = argument => Array.IndexOf(names, argument.Tokens[0].Value) is >= 0 and int found
                ? Enum.GetValues<T>()[found]
                : Wrong<T?>(argument, name, string.Join(" or ", names)),
        };
    }

    /// <summary>Layer sizes, 128,64; empty when not given.</summary>
    public static Option<int[]> Sizes(string name, string description, IReadOnlyList<int> byDefault, int most) =>
        new(name)
        {
            Description = $"{description} [default: {string.Join(',', byDefault)}]",
            HelpName = "N,N…",
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = argument =>
            {
                var sizes = new List<int>();
                foreach (string part in argument.Tokens[0].Value.Split(','))
                    if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size >= 1 && size <= most) sizes.Add(size);
                    else return Wrong<int[]>(argument, name, $"layer sizes from 1 to {most} with commas between them, as 128,64");
                return [.. sizes];
            },
        };

    private static Option<T> Create<T>(string name, string helpName, string description, T byDefault, string possible, Func<string, T?> parse) where T : struct =>
        new(name)
        {
            Description = description,
            HelpName = helpName,
            DefaultValueFactory = _ => byDefault,
            CustomParser = argument => parse(argument.Tokens[0].Value) ?? Wrong<T>(argument, name, possible),
        };

    private static T? Wrong<T>(ArgumentResult argument, string name, string possible)
    {
        argument.AddError($"{name} is '{argument.Tokens[0].Value}', but it must be {possible}");
        return default;
    }
}
