using Mnist.Kernels;
using static System.FormattableString;

namespace Mnist.Lab.Measuring;

/// <summary>
/// Draws what lies where: each thing in the nearest place that has room for all of it, and for each place how fast a core
/// reads from it and how many operations a byte from there must be good for, if the core is to reach its peak.
/// </summary>
internal static class PlacesDrawing
{
    private const int AlwaysShown = 3; // the core and two caches; of the others those where something lies, and memory

    /// <param name="peak">Operations per second of the core.</param>
    /// <param name="levels">Names, sizes and bytes per second, the nearest first.</param>
    /// <param name="things">Names and sizes.</param>
    public static Diagram Draw(double peak, IReadOnlyList<(string Name, double Bytes, double Rate)> levels, IReadOnlyList<(string Name, double Bytes)> things)
    {
        (string Name, double Bytes, double Rate)[] all = [("core", MachineDrawing.RegisterCount * (double)Simd.Best * sizeof(float), double.NaN), .. levels];
        ILookup<int, string> lying = things.ToLookup(thing => Array.FindIndex(all, place => thing.Bytes <= place.Bytes), thing => $"{thing.Name}: {ByteTicks.Text(thing.Bytes)}");
        Place[] places = [.. all.Select((place, i) => new Place(place.Name, place.Bytes, place.Rate, [.. lying[i]]))];
        places = [.. places.Where((place, i) => i < AlwaysShown || i == places.Length - 1 || place.Things.Count > 0)];
        var svg = new SvgWriter();
        double y = MachineDrawing.Header(svg, "a core reads", "for the peak");
        for (int i = 0; i < places.Length; i++)
        {
            if (i > 0) y = MachineDrawing.Way(svg, y);
            double top = y;
            y = MachineDrawing.Place(svg, y, i, places.Length, places[i].Name, places[i].Lines);
            if (i == 0) MachineDrawing.Right(svg, top, Invariant($"{peak / 1e9:N0} GFLOP/s"), "");
            else MachineDrawing.Right(svg, top, places[i].Reads, places[i].Needs(peak));
        }
        string description = string.Join("; ", places.Select((place, i) => $"{place.Name}{(i == 0 ? "" : $", {place.Reads}, {place.Needs(peak)}")}: {string.Join(", ", place.Lines)}"));
        return new Diagram("What lies where, and how fast it is read", $"{description}. Operations per byte: what a byte from there must be good for, if the core is to reach its peak.", MachineDrawing.Width, y + 4, svg);
    }

    private sealed record Place(string Name, double Bytes, double Rate, IReadOnlyList<string> Things)
    {
        public IReadOnlyList<string> Lines => [Name == "core" ? MachineDrawing.Registers() : double.IsFinite(Bytes) ? ByteTicks.Text(Bytes) : "all the rest", .. Things];

        public string Reads => Invariant($"{Rate / 1e9:N0} GB/s");

        public string Needs(double peak) => Invariant($"{peak / Rate:0.0} op/byte");
    }
}
