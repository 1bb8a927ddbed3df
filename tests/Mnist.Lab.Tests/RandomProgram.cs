using Mnist.Lab.Recording;

namespace Mnist.Lab.Tests;

/// <summary>A random kernel, written twice: for the recorded machine, and in plain C# that shares nothing with it.</summary>
internal sealed class RandomProgram(int lanes, int seed)
{
    private const int Length = 100;
    private const int Steps = 60;

    /// <summary>Arrays with everything that a float can be, and positions that lead inside.</summary>
    public KernelMemory Memory(int inputs)
    {
        var random = new Random((1000 * seed) + inputs);
        float Next() => random.Next(12) switch
        {
            0 => float.NaN,
            1 => float.PositiveInfinity,
            2 => float.NegativeInfinity,
            3 => 0f,
            4 => -0f,
            5 => float.Epsilon * random.Next(1, 1000),
            _ => (random.NextSingle() * 4) - 2,
        };
        float[] Some() => [.. Enumerable.Range(0, Length).Select(_ => Next())];
        return new KernelMemory().Input("x", Some()).InOut("z", Some()).List("p", [.. Enumerable.Range(0, 8).Select(_ => random.Next(Length - lanes + 1))]);
    }

    public void Record(VectorMachine machine)
    {
        var random = new Random(seed);
        var values = new List<Value> { machine.Constant(0), machine.Constant(1.5f), machine.Load("x", 3) };
        var masks = new List<Mask> { machine.FirstLanes(lanes / 2), machine.FirstLanes(0) };
        for (int i = 0; i < Steps; i++)
        {
            (int operation, int a, int b, int c, int place) = Draw(random, values.Count);
            (int first, int second) = (random.Next(masks.Count), random.Next(masks.Count));
            (int[] order, int[] four) = (Order(random), [random.Next(4), random.Next(4), random.Next(4), random.Next(4)]);
            (Value x, Value y, Value z, Mask m) = (values[a], values[b], values[c], masks[first]);
            switch (operation)
            {
                case 0: values.Add(machine.Add(x, y)); break;
                case 1: values.Add(machine.Subtract(x, y)); break;
                case 2: values.Add(machine.Multiply(x, y)); break;
                case 3: values.Add(machine.Fma(x, y, z)); break;
                case 4: values.Add(machine.Max(x, y)); break;
                case 5: values.Add(machine.Min(x, y)); break;
                case 6: values.Add(machine.Select(m, x, y)); break;
                case 7: values.Add(machine.Shuffle(x, order)); break;
                case 8: values.Add(machine.Pair(x, y, four)); break;
                case 9: values.Add(machine.Load("z", place)); break;
                case 10: values.Add(machine.Broadcast("x", place)); break;
                case 11: values.Add(machine.Load("x", Length - lanes + 1, machine.And(m, machine.FirstLanes(lanes - 1)))); break;
                case 12: values.Add(machine.Load("z", machine.Position("p", place % 8))); break;
                case 13: machine.Store("z", place, x); break;
                case 14: machine.Store("z", place, x, m); break;
                case 15: masks.Add(machine.Less(x, y)); break;
                case 16: masks.Add(machine.LessOrEqual(x, y)); break;
                case 17: masks.Add(machine.Equal(x, y)); break;
                default: masks.Add(machine.And(m, masks[second])); break;
            }
        }
        machine.Store("z", 0, values[^1]);
    }

    public KernelMemory Plain(KernelMemory memory)
    {
        var random = new Random(seed);
        KernelMemory copy = memory.Copy();
        (float[] xs, float[] zs, int[] p) = (copy["x"], copy["z"], copy.ListOf("p"));
        List<float[]> values = [new float[lanes], [.. Enumerable.Repeat(1.5f, lanes)], xs[3..(3 + lanes)]];
        List<bool[]> masks = [[.. Enumerable.Range(0, lanes).Select(lane => lane < lanes / 2)], new bool[lanes]];
        for (int i = 0; i < Steps; i++)
        {
            (int operation, int a, int b, int c, int place) = Draw(random, values.Count);
            (int first, int second) = (random.Next(masks.Count), random.Next(masks.Count));
            (int[] order, int[] four) = (Order(random), [random.Next(4), random.Next(4), random.Next(4), random.Next(4)]);
            (float[] x, float[] y, float[] z, bool[] m) = (values[a], values[b], values[c], masks[first]);
            var value = new float[lanes];
            var mask = new bool[lanes];
            for (int lane = 0; lane < lanes; lane++)
            {
                value[lane] = operation switch
                {
                    0 => x[lane] + y[lane],
                    1 => x[lane] - y[lane],
                    2 => x[lane] * y[lane],
                    3 => MathF.FusedMultiplyAdd(x[lane], y[lane], z[lane]),
                    4 => x[lane] > y[lane] ? x[lane] : y[lane],
                    5 => x[lane] < y[lane] ? x[lane] : y[lane],
                    6 => m[lane] ? x[lane] : y[lane],
                    7 => x[order[lane]],
                    8 => (lane % 4 < 2 ? x : y)[(lane / 4 * 4) + four[lane % 4]],
                    9 => zs[place + lane],
                    10 => xs[place],
                    11 => m[lane] && lane < lanes - 1 ? xs[Length - lanes + 1 + lane] : 0,
                    12 => zs[p[place % 8] + lane],
                    _ => 0,
                };
                mask[lane] = operation switch { 15 => x[lane] < y[lane], 16 => x[lane] <= y[lane], 17 => x[lane] == y[lane], _ => m[lane] && masks[second][lane] };
            }
            if (operation <= 12) values.Add(value);
            if (operation >= 15) masks.Add(mask);
            for (int lane = 0; lane < lanes; lane++)
                if (operation == 13 || (operation == 14 && m[lane])) zs[place + lane] = x[lane];
        }
        values[^1].CopyTo(zs, 0);
        return copy;
    }

    /// <summary>What both versions draw for a step, in this order.</summary>
    private (int Operation, int A, int B, int C, int Place) Draw(Random random, int values) =>
        (random.Next(19), random.Next(values), random.Next(values), random.Next(values), random.Next(Length - lanes + 1));

    private int[] Order(Random random)
    {
        bool near = random.Next(2) == 0;
        return [.. Enumerable.Range(0, lanes).Select(lane => near ? (lane & ~3) + random.Next(4) : random.Next(lanes))];
    }
}
